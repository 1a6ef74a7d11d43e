-- A packet filter in the classic shape: one rule group decides about each new connection.
-- Web traffic goes to the HTTP dissector, ssh passes as it is, everything else is reported and dropped.

local ipv4 = require('protocol/ipv4')
local tcp_connection = require('protocol/tcp_connection')
local http = require('protocol/http')

local client_network = ipv4.network("192.168.10.0/25")
local server_network = ipv4.network("192.168.20.0/25")

local group = haka.rule_group{
	name = "firewall",
	hook = tcp_connection.events.new_connection,
	init = function (flow, tcp)
		haka.log.debug("%s:%d is new", tostring(tcp.ip.src), tcp.srcport)
	end,
	continue = function (decided, flow, tcp)
		return not decided
	end,
	final = function (flow, tcp)
		haka.alert{
			description = "connection refused",
			severity = 'low',
			sources = haka.alert.address(tcp.ip.src),
			targets = { haka.alert.address(tcp.ip.dst), haka.alert.service(string.format("tcp/%d", tcp.dstport)) }
		}
		flow:drop()
	end
}

local function from_clients_to_servers(tcp)
	return client_network:contains(tcp.ip.src) and server_network:contains(tcp.ip.dst)
end

group:rule{
	name = "web traffic is read",
	eval = function (flow, tcp)
		if from_clients_to_servers(tcp) and tcp.dstport == 80 then
			haka.log("web from %s", tostring(tcp.ip.src))
			http.dissect(flow)
			return true
		end
	end
}

group:rule{
	name = "ssh passes",
	eval = function (flow, tcp)
		if from_clients_to_servers(tcp) and tcp.dstport == 22 then
			haka.log("ssh from %s", tostring(tcp.ip.src))
			return true
		end
	end
}

haka.rule{
	name = "what is asked for",
	on = http.events.request,
	eval = function (http, request)
		print(string.format("%s asks for %s", tostring(http.srcip), request.uri))
	end
}

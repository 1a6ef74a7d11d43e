-- Lets web and ssh connections from the clients to the servers through; alerts on the rest and drops it.
-- A rule group decides: the first rule that says yes ends it, and when none does, `final` runs.

local ipv4 = require('protocol/ipv4')
require('protocol/tcp-connection')

local clients = ipv4.network("10.1.0.0/24")
local servers = ipv4.network("10.2.0.0/24")

local filter = haka.rule_group{
	name = "filter",
	on = haka.dissectors['tcp-connection'].events.new_connection,
	init = function (flow, tcp)
		haka.log("%s:%d wants %s:%d", tostring(flow.srcip), flow.srcport, tostring(flow.dstip), flow.dstport)
	end,
	continue = function (allowed, flow, tcp)
		return not allowed
	end,
	final = function (flow, tcp)
		haka.alert{
			description = string.format("port %d is not open to anybody", flow.dstport),
			severity = 'medium',
			sources = haka.alert.address(flow.srcip),
			targets = { haka.alert.address(flow.dstip), haka.alert.service(string.format("tcp/%d", flow.dstport)) }
		}
		flow:drop()
	end
}

local function allow(name, port)
	filter:rule{
		name = name,
		eval = function (flow, tcp)
			if clients:contains(flow.srcip) and servers:contains(flow.dstip) and flow.dstport == port then
				haka.log("allowed: %s", name)
				return true
			end
		end
	}
end

allow("web", 80)
allow("ssh", 22)

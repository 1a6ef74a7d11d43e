-- Each packet of the capture that does not pass is dropped for another reason; `--explain` tells them.

local udp = require('protocol/udp')
local tcp_connection = require('protocol/tcp_connection')

haka.rule{
	name = "no tftp",
	on = udp.events.receive_packet,
	eval = function (packet)
		if packet.dstport == 69 then packet:drop() end
	end
}

haka.rule{
	name = "no passwords",
	on = tcp_connection.events.receive_data,
	options = { streamed = true },
	eval = function (flow, iter, direction)
		local line = iter:sub('available'):asstring()
		if line:find("password") then flow:drop() end
	end
}

-- a rule without a name is known by its place, and one that fails drops what it failed on
haka.rule{
	on = tcp_connection.events.new_connection,
	eval = function (flow, tcp)
		if flow.dstport == 7 then error("nobody speaks echo any more") end
	end
}

haka.policy{
	on = haka.dissectors.tcp_connection.policies.new_connection,
	name = "no telnet",
	dstport = 23,
	action = haka.policy.drop
}

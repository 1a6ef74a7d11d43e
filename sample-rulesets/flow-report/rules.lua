-- Counts what each connection carried and prints a table at the end.

require('protocol/tcp_connection')

local flows = {}

haka.rule{
	name = "count",
	on = haka.dissectors.tcp_connection.events.receive_data,
	eval = function (flow, sub, direction)
		flow.bytes = flow.bytes or { up = 0, down = 0 }
		flow.bytes[direction] = flow.bytes[direction] + #sub
	end
}

haka.rule{
	name = "remember",
	on = haka.dissectors.tcp_connection.events.end_connection,
	eval = function (flow)
		local bytes = flow.bytes or { up = 0, down = 0 }
		table.insert(flows, string.format("%-15s %5d %-15s %5d %8d %8d",
			tostring(flow.srcip), flow.srcport, tostring(flow.dstip), flow.dstport, bytes.up, bytes.down))
	end
}

haka.rule{
	name = "report",
	on = haka.events.exiting,
	eval = function ()
		print(string.format("%-15s %5s %-15s %5s %8s %8s", "client", "port", "server", "port", "up", "down"))
		table.sort(flows)
		for _, line in ipairs(flows) do
			print(line)
		end
	end
}

-- Counts the bytes of every stream, piece by piece; prints the totals, which are the gate.
require('protocol/tcp_connection')

local flows, ended, bytes = 0, 0, 0

haka.rule{
	on = haka.dissectors.tcp_connection.events.new_connection,
	eval = function (flow, pkt) flows = flows + 1 end
}

haka.rule{
	on = haka.dissectors.tcp_connection.events.receive_data,
	eval = function (flow, sub, direction) bytes = bytes + #sub end
}

haka.rule{
	on = haka.dissectors.tcp_connection.events.end_connection,
	eval = function (flow) ended = ended + 1 end
}

haka.rule{
	on = haka.events.exiting,
	eval = function () print(string.format("gate flows=%d ended=%d bytes=%d", flows, ended, bytes)) end
}

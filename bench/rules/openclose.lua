-- Lua on open and close only.
require('protocol/tcp_connection')

local flows, ended = 0, 0

haka.rule{
	on = haka.dissectors.tcp_connection.events.new_connection,
	eval = function (flow, pkt) flows = flows + 1 end
}

haka.rule{
	on = haka.dissectors.tcp_connection.events.end_connection,
	eval = function (flow) ended = ended + 1 end
}

haka.rule{
	on = haka.events.exiting,
	eval = function () print(string.format("gate flows=%d ended=%d", flows, ended)) end
}

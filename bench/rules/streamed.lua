-- As count.lua, with a coroutine for each direction of each connection.
require('protocol/tcp_connection')

local flows, ended, bytes = 0, 0, 0

haka.rule{
	on = haka.dissectors.tcp_connection.events.new_connection,
	eval = function (flow, pkt) flows = flows + 1 end
}

haka.rule{
	on = haka.dissectors.tcp_connection.events.receive_data,
	options = { streamed = true },
	eval = function (flow, iter, direction)
		while true do
			local sub = iter:sub('available')
			if sub == nil then return end
			bytes = bytes + #sub
		end
	end
}

haka.rule{
	on = haka.dissectors.tcp_connection.events.end_connection,
	eval = function (flow) ended = ended + 1 end
}

haka.rule{
	on = haka.events.exiting,
	eval = function () print(string.format("gate flows=%d ended=%d bytes=%d", flows, ended, bytes)) end
}

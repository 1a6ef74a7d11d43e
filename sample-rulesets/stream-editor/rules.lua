-- Changes one word in what servers answer, wherever packets cut it. Lengths, sequence numbers, acknowledgements
-- and checksums follow by themselves.

require('protocol/tcp_connection')

local from, to = "blue", "green"

haka.rule{
	name = "stream editor",
	on = haka.dissectors.tcp_connection.events.receive_data,
	options = { streamed = true },
	eval = function (flow, iter, direction)
		if direction == 'up' then return end

		while true do
			-- what is marked stays in the stream until we have decided about it
			local mark = iter:copy()
			mark:mark()

			local window = iter:copy()
			local sub = iter:sub(#from)
			if sub == nil or #sub < #from then
				mark:unmark()
				return
			end

			if sub:asstring() == from then
				sub:replace(haka.vbuffer_from(to))
				haka.log("%s:%d: one '%s' became '%s'", tostring(flow.dstip), flow.dstport, from, to)
				mark:unmark()
			else
				mark:unmark()
				iter:move_to(window)
				iter:advance(1)
			end
		end
	end
}

-- Stops a connection as soon as a forbidden word crosses it, even when packets cut the word in two.

require('protocol/tcp_connection')

local word = "TOP-SECRET"

haka.rule{
	name = "keyword guard",
	on = haka.dissectors.tcp_connection.events.receive_data,
	eval = function (flow, sub, direction)
		flow.tail = flow.tail or { up = "", down = "" }

		local text = flow.tail[direction] .. sub:asstring()
		if text:find(word, 1, true) then
			haka.alert{
				description = string.format("'%s' was about to leave (%s)", word, direction),
				severity = 'high',
				sources = haka.alert.address(flow.srcip),
				targets = haka.alert.address(flow.dstip)
			}
			flow:drop()
			return
		end
		flow.tail[direction] = text:sub(-(#word - 1))
	end
}

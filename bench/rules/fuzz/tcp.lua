-- Reads segments with their options, and edits what connections carry.
local turn = 0

haka.rule{
	on = haka.dissectors.tcp.events.receive_packet,
	eval = function (pkt)
		turn = turn + 1
		for _, name in ipairs{ 'srcport', 'dstport', 'seq', 'ack_seq', 'res', 'hdr_len', 'window_size', 'checksum', 'urgent_pointer' } do
			local _ = tostring(pkt[name])
		end
		local options = pkt.options
		local _ = string.format("%s %s %s %d", tostring(options.mss), tostring(options.window_scale),
			tostring(options.sack_permitted), #options:list())
		if turn % 13 == 0 and options:has(2) then options:blank(2) end
	end
}

haka.rule{
	on = haka.dissectors.tcp_connection.events.receive_data,
	eval = function (flow, sub, direction)
		if turn % 3 == 0 then sub:replace(haka.vbuffer_from(string.rep("z", turn % 20))) end
		if turn % 19 == 0 then flow:bypass() end
	end
}

haka.rule{
	on = haka.dissectors.tcp_connection.events.receive_data,
	options = { streamed = true },
	eval = function (flow, iter, direction)
		while iter:wait() do
			local sub = iter:sub(5)
			if sub and turn % 4 == 0 then sub:erase() end
		end
	end
}

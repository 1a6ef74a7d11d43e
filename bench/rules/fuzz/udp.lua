-- Reads UDP packets and flows, edits data, drops some.
local turn = 0

haka.rule{
	on = haka.dissectors.udp.events.receive_packet,
	eval = function (pkt)
		turn = turn + 1
		local _ = string.format("%d %d %d %d %s %d", pkt.srcport, pkt.dstport, pkt.length, pkt.checksum,
			tostring(pkt.src), #pkt.payload)
		pkt:verify_checksum()
		if turn % 5 == 0 then pkt.payload:replace(haka.vbuffer_from(string.rep("y", turn % 40))) end
		if turn % 7 == 0 then pkt.dstport = turn % 65536 end
		if turn % 11 == 0 then pkt.payload:erase() end
	end
}

haka.rule{
	on = haka.dissectors.udp_connection.events.new_connection,
	eval = function (flow, pkt)
		if turn % 13 == 0 then flow:drop() end
	end
}

haka.rule{
	on = haka.dissectors.udp_connection.events.receive_data,
	eval = function (flow, pkt, direction)
		flow.count = (flow.count or 0) + #pkt.payload
		if turn % 17 == 0 then flow:drop(pkt) end
	end
}

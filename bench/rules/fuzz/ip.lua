-- Reads every field of IP packets and edits some, so that headers and fragments are written anew.
local turn = 0

local function look(pkt, names)
	for _, name in ipairs(names) do
		local _ = tostring(pkt[name])
	end
end

local four = { 'version', 'hdr_len', 'tos', 'len', 'id', 'frag_offset', 'ttl', 'proto', 'checksum', 'src', 'dst' }
local six = { 'version', 'traffic_class', 'flow_label', 'len', 'hop_limit', 'proto', 'next_header', 'hdr_len', 'frag_offset', 'id', 'mf', 'src', 'dst' }

haka.rule{
	on = haka.dissectors.ipv4.events.receive_packet,
	eval = function (pkt)
		turn = turn + 1
		look(pkt, four)
		pkt:verify_checksum()
		if turn % 7 == 0 then pkt.ttl = 9 end
		if turn % 11 == 0 then pkt.dont_reassemble = true end
	end
}

haka.rule{
	on = haka.dissectors.ipv4.events.receive_packet_reassembled,
	eval = function (pkt)
		if turn % 5 == 0 then pkt.payload:append(haka.vbuffer_from("tail")) end
	end
}

haka.rule{
	on = haka.dissectors.ipv6.events.receive_packet,
	eval = function (pkt)
		turn = turn + 1
		look(pkt, six)
		if turn % 7 == 0 then pkt.hop_limit = 9 end
	end
}

haka.rule{
	on = haka.dissectors.ipv6.events.receive_packet_reassembled,
	eval = function (pkt)
		if turn % 5 == 0 then pkt.payload:append(haka.vbuffer_from("tail")) end
	end
}

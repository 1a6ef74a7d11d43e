-- Reads every field of ICMP messages, the quoted packet included, and edits some.
local turn = 0

local function rule(pkt)
	turn = turn + 1
	for _, name in ipairs{ 'type', 'code', 'checksum', 'kind', 'echo_id', 'echo_seq', 'mtu', 'pointer', 'gateway', 'target' } do
		local _ = tostring(pkt[name])
	end
	local quoted = pkt.quoted
	if quoted then
		local _ = string.format("%s %s %s %s %s", tostring(quoted.src), tostring(quoted.dst), tostring(quoted.proto),
			tostring(quoted.srcport), tostring(quoted.dstport))
	end
	pkt:verify_checksum()
	if turn % 5 == 0 then pkt.code = turn % 256 end
	if turn % 7 == 0 then pkt.payload:replace(haka.vbuffer_from("other")) end
end

haka.rule{ on = haka.dissectors.icmp.events.receive_packet, eval = rule }
haka.rule{ on = haka.dissectors.icmpv6.events.receive_packet, eval = rule }

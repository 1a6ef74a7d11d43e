-- Drops packets that no honest stack sends, and repairs one that it may.

require('protocol/ipv4')
require('protocol/tcp')

local function refuse(pkt, what)
	haka.alert{
		description = what,
		severity = 'medium',
		sources = haka.alert.address(pkt.src),
		targets = haka.alert.address(pkt.dst)
	}
	pkt:drop()
end

haka.rule{
	name = "land",
	on = haka.dissectors.ipv4.events.receive_packet,
	eval = function (pkt)
		if pkt.src == pkt.dst then
			refuse(pkt, "land attack: source and destination are the same")
		end
	end
}

haka.rule{
	name = "flags",
	on = haka.dissectors.tcp.events.receive_packet,
	eval = function (pkt)
		local flags = pkt.flags
		if flags.all == 0 then
			refuse(pkt, "null scan: no flag at all")
		elseif flags.fin and flags.psh and flags.urg then
			refuse(pkt, "xmas scan: FIN, PSH and URG")
		elseif flags.syn and flags.fin then
			refuse(pkt, "SYN and FIN together")
		end
	end
}

haka.rule{
	name = "ttl",
	on = haka.dissectors.ipv4.events.receive_packet,
	eval = function (pkt)
		if pkt.ttl < 5 then
			haka.log("ttl %d raised to 32", pkt.ttl)
			pkt.ttl = 32
		end
	end
}

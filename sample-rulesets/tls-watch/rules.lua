-- Reads TLS handshakes: server names, fingerprints, versions. What is of no interest is let go after the handshake.

local tls = haka.dissectors.tls.events

local unwanted = { ["www.bad.example"] = true }

haka.rule{
	name = "server names",
	on = tls.client_hello,
	eval = function (tls)
		print(string.format("%s -> %s  ja3 %s  ja4 %s", tostring(tls.srcip), tls.sni or "(no name)", tls.ja3, tls.ja4))
		if tls.ech then
			print("  the real name is encrypted")
		end
		if unwanted[tls.sni] then
			haka.alert{
				description = "unwanted server " .. tls.sni,
				severity = 'high',
				sources = haka.alert.address(tls.srcip),
				targets = haka.alert.address(tls.dstip)
			}
			tls:drop()
		end
	end
}

haka.rule{
	name = "old versions",
	on = tls.server_hello,
	eval = function (tls)
		print(string.format("  %s, cipher suite %04x, %s, ja3s %s", tls.version, tls.cipher,
			tls.selected_alpn or "no protocol", tls.ja3s))
		if tls.version ~= 'TLS 1.2' and tls.version ~= 'TLS 1.3' then
			haka.alert{ description = "old version " .. tls.version, severity = 'medium', targets = haka.alert.address(tls.dstip) }
		end
	end
}

haka.rule{
	name = "nothing left to read",
	on = tls.handshake,
	eval = function (tls)
		if not tls.flow:can_continue() then return end
		print(string.format("  %s is let go", tls.sni or "(no name)"))
		tls:bypass()
	end
}

-- Reads every attribute at each event; bypasses, resets or drops some connections.
local turn = 0

local names = {
	'sni', 'alpn', 'versions', 'ciphers', 'extensions', 'version', 'ja3', 'ja3_text', 'ja4', 'ech', 'grease', 'cipher',
	'selected_alpn', 'server_extensions', 'retry', 'ja3s', 'ja3s_text', 'subject', 'issuer', 'certificates', 'srcip', 'dstport'
}

local function look(tls)
	turn = turn + 1
	for _, name in ipairs(names) do
		local _ = tostring(tls[name])
	end
end

local events = haka.dissectors.tls.events
haka.rule{ on = events.client_hello, eval = look }
haka.rule{ on = events.server_hello, eval = look }
haka.rule{ on = events.certificate, eval = look }
haka.rule{ on = events.malformed, eval = function (tls, text) look(tls) end }
haka.rule{
	on = events.handshake,
	eval = function (tls)
		look(tls)
		if turn % 3 == 0 then tls:bypass() elseif turn % 7 == 0 then tls:drop() elseif turn % 11 == 0 then pcall(tls.reset, tls) end
	end
}

-- Reads commands, replies and mails, edits mails, drops some connections; reads TLS after STARTTLS.
local smtp = require('protocol/smtp')
local turn = 0

haka.rule{
	on = smtp.events.command,
	eval = function (smtp, command)
		turn = turn + 1
		local _ = command.command .. command.parameter
		if turn % 2 == 0 then smtp:enable_data_modification() end
		if turn % 23 == 0 then smtp:drop() end
	end
}

haka.rule{
	on = smtp.events.reply,
	eval = function (smtp, reply)
		local _ = string.format("%s %s %d %s", tostring(reply.code), tostring(reply.command), #reply.lines, reply.text)
	end
}

haka.rule{
	on = smtp.events.mail_data,
	options = { streamed = true },
	eval = function (smtp, iter)
		while iter:wait() do
			local sub = iter:sub(4)
			if sub and turn % 3 == 0 then sub:replace(haka.vbuffer_from(string.rep("m", turn % 7))) end
		end
		if turn % 5 < 2 then iter:insert(haka.vbuffer_from(".\r\nend")) end
	end
}

haka.rule{ on = smtp.events.starttls, eval = function (smtp) local _ = tostring(smtp.srcip) end }
haka.rule{ on = haka.dissectors.tls.events.client_hello, eval = function (tls) local _ = tostring(tls.sni) end }

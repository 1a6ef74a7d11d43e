-- Prints the dialogue, refuses a sender, and takes a word out of messages.

require('mail')

haka.rule{
	name = "dialogue",
	on = haka.dissectors.mail.events.command,
	eval = function (mail, command)
		print(string.format("> %s%s", command.verb, command.parameter))
	end
}

haka.rule{
	name = "replies",
	on = haka.dissectors.mail.events.reply,
	eval = function (mail, reply, verb)
		local last = reply.lines[#reply.lines]
		print(string.format("< %d%s (to %s)", last.code, last.text, tostring(verb)))
	end
}

haka.rule{
	name = "refused sender",
	on = haka.dissectors.mail.events.command,
	eval = function (mail, command)
		if command.verb:upper() == 'MAIL' and command.parameter:lower():find('@spam.example>', 1, true) then
			haka.alert{ description = "mail from spam.example", severity = 'medium', sources = haka.alert.address(mail.srcip) }
			mail:drop()
		end
	end
}

local secret = require('regexp/pcre').re:compile('swordfish', 1)

haka.rule{
	name = "secrets",
	on = haka.dissectors.mail.events.content,
	options = { streamed = true },
	eval = function (mail, iter)
		while true do
			local found = secret:match(iter, true)
			if not found then break end
			print("= a secret in the message of " .. tostring(mail.srcip))
			found:replace(haka.vbuffer_from('*********'))
		end
	end
}

haka.rule{
	name = "encrypted",
	on = haka.dissectors.mail.events.encrypted,
	eval = function (mail) print("= from here on TLS") end
}

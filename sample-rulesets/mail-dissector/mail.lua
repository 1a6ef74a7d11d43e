-- SMTP (RFC 5321) as a dissector written in Lua: a grammar for the lines, a state machine for what may come next.
-- tiaki has SMTP of its own, protocol/smtp; this file shows how a protocol is added by rules.

local tcp_connection = require('protocol/tcp_connection')

local Mail = haka.dissector.new{ type = tcp_connection.helper.TcpFlowDissector, name = 'mail' }

Mail:register_event('command')                  -- (mail, command): verb, parameter
Mail:register_event('reply')                    -- (mail, reply, verb): code, lines
Mail:register_streamed_event('content')         -- (mail, piece or iterator) of a message
Mail:register_event('encrypted')                -- (mail): the rest is TLS

local grammar = haka.grammar.new('mail', function ()
	line_end = token('%r?%n')
	rest_of_line = token('[^%r%n]*')

	command = record{
		field('verb', token('[A-Za-z]+')),
		field('parameter', rest_of_line),
		line_end
	}

	reply_line = record{
		field('code', token('[0-9]{3}'):convert(haka.grammar.converter.tonumber('%03d', 10))),
		field('text', rest_of_line),
		line_end
	}

	reply = record{
		field('lines', array(reply_line):untilcond(function (last)
			return last and last.text:sub(1, 1) ~= '-'
		end))
	}

	answer = record{ field('text', rest_of_line), line_end }

	content = sequence{
		bytes():untiltoken('%r?%n%.%r?%n'):chunked(function (_, sub, last, ctx) ctx.user:push_content(sub, last) end),
		token('%r?%n%.%r?%n')
	}

	chunk = sequence{
		bytes():count(function (_, ctx) return ctx.user.chunk_size end)
			:chunked(function (_, sub, last, ctx) ctx.user:push_content(sub, last) end)
	}

	unknown = sequence{ bytes():chunked(function () end) }

	export(command, reply, answer, content, chunk, unknown)
end)

-- The pieces of a message become a stream of its own, so that rules may read over their borders and edit them.
function Mail.method:push_content(sub, last)
	local stream = self.stream
	if not stream then
		stream = haka.vbuffer_sub_stream()
		self.stream = stream
	end
	local current = sub and stream:push(sub)
	if last then
		stream:finish()
		self.stream = nil
	end
	self:trigger('content', stream, current or stream.data:pos('end'))
	stream:pop()
end

-- Commands may come before the replies to earlier ones: each reply belongs to the oldest that waits.
local function answered(self)
	return table.remove(self.waiting, 1)
end

Mail.state_machine = haka.state_machine.new('mail', function ()
	state_type(BidirectionalState)

	talk = state(grammar.command, grammar.reply)      -- commands and replies
	secret = state(grammar.answer, grammar.reply)     -- an answer to a challenge of AUTH
	message = state(grammar.content, grammar.reply)   -- a message, after DATA
	chunk = state(grammar.chunk, grammar.reply)       -- a part of one, after BDAT
	opaque = state(grammar.unknown, grammar.unknown)  -- TLS

	any:on{ event = events.parse_error, execute = function (self, problem)
		self:alert{ description = "mail: " .. tostring(problem), severity = 'low',
			sources = haka.alert.address(self.srcip), targets = haka.alert.address(self.dstip) }
		self:drop()
	end }

	local function is(verb, code)
		return function (self, reply)
			return self.waiting[1] == verb and reply.lines[1].code == code
		end
	end
	local function tell(self, reply)
		self:trigger('reply', reply, answered(self))
	end

	talk:on{ event = events.down, when = is('DATA', 354), execute = tell, jump = message }
	talk:on{ event = events.down, when = is('AUTH', 334), jump = secret, execute = function (self, reply)
		self:trigger('reply', reply, 'AUTH')
	end }
	talk:on{ event = events.down, when = is('STARTTLS', 220), jump = opaque, execute = function (self, reply)
		tell(self, reply)
		self:trigger('encrypted')
	end }
	any:on{ event = events.down, execute = tell }

	local function note(self, command)
		local verb = command.verb:upper()
		table.insert(self.waiting, verb)
		self:trigger('command', command)
	end
	talk:on{ event = events.up, jump = chunk,
		when = function (self, command)
			self.chunk_size = command.verb:upper() == 'BDAT' and tonumber(command.parameter:match('^%s+(%d+)'))
			return self.chunk_size
		end,
		execute = note }
	talk:on{ event = events.up, execute = note }
	secret:on{ event = events.up, jump = talk }
	message:on{ event = events.up, jump = talk, execute = function (self) table.insert(self.waiting, 'message') end }
	chunk:on{ event = events.up, jump = talk }
	opaque:on{ events = { events.up, events.down }, execute = function () end }

	initial(talk)
end)

function Mail.method:__init(flow)
	require('class').super(Mail).__init(self, flow)
	self.waiting = { 'banner' }
	self.stream = false
end

haka.policy{
	on = haka.dissectors.tcp_connection.policies.next_dissector,
	name = "mail",
	port = 25,
	action = haka.dissectors.mail.install
}

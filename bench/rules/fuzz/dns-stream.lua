-- Reads every field of messages and records, and edits some.
local turn = 0

local fields = {
	'type', 'class', 'ttl', 'length', 'name', 'owner', 'ip', 'pref', 'mname', 'rname', 'serial', 'refresh', 'retry', 'expire',
	'minimum', 'data', 'strings', 'proto', 'ports', 'ename', 'priority', 'weight', 'port', 'target', 'order', 'preference', 'flags',
	'service', 'regexp', 'replacement', 'tag', 'value', 'cpu', 'os', 'key_tag', 'algorithm', 'digest_type', 'digest', 'protocol',
	'key', 'type_covered', 'labels', 'original_ttl', 'expiration', 'inception', 'signer', 'signature', 'next', 'types', 'iterations',
	'salt', 'next_hash', 'usage', 'selector', 'matching', 'fingerprint_type', 'fingerprint', 'params', 'options', 'udp_size',
	'version', 'extended_rcode', 'dnssec_ok', 'mbox', 'txt', 'subtype', 'unknown'
}

local function look(message)
	turn = turn + 1
	for _, name in ipairs{ 'id', 'opcode', 'rcode', 'qdcount', 'ancount', 'nscount', 'arcount', 'qr', 'aa', 'tc', 'rd', 'ra' } do
		local _ = tostring(message[name])
	end
	for _, question in ipairs(message.questions) do
		local _ = question.name .. tostring(question.type) .. tostring(question.class)
	end
	for _, section in ipairs{ message.answer, message.authority, message.additional } do
		for _, record in ipairs(section) do
			for _, name in ipairs(fields) do
				local _ = tostring(record[name])
			end
			if turn % 5 == 0 then record.ttl = turn end
			if turn % 7 == 0 and record.type == 'A' then record.owner = "changed.example." end
			if turn % 11 == 0 and record.type == 'MX' then record.pref = 1 end
		end
	end
	if turn % 13 == 0 then message.id = turn % 65536 end
	if turn % 17 == 0 and message.question then message.question.name = "other.example." end
	if turn % 19 == 0 then message:drop() end
end

haka.rule{ on = haka.dissectors.dns.events.query, eval = function (dns, message) look(message) end }
haka.rule{ on = haka.dissectors.dns.events.response, eval = function (dns, message, query) look(message) end }
haka.rule{ on = haka.dissectors.dns.events.malformed, eval = function (dns, text) local _ = tostring(text) end }

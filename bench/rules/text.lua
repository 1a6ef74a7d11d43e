-- Measures what parsing messages and searching text costs a rule; prints a table in Markdown.
-- Each row is the best of seven rounds after three to warm up.
local re = require('regexp/pcre').re

local function measure(count, f)
	local best = math.huge
	for round = 1, 10 do
		local start = os.clock()
		f(count)
		local each = (os.clock() - start) / count
		if round > 3 and each < best then
			best = each
		end
	end
	return best
end

local grammar = haka.grammar.new('bench', function ()
	label = record{ field('size', number(8)), field('name', bytes():count(function (self) return self.size end)) }
	dns = record{
		field('id', number(16)),
		field('qr', flag), field('opcode', number(4)), field('aa', flag), field('tc', flag), field('rd', flag),
		field('ra', flag), number(3), field('rcode', number(4)),
		field('qdcount', number(16)), field('ancount', number(16)), field('nscount', number(16)), field('arcount', number(16)),
		field('labels', array(label):untilcond(function (last) return last and last.size == 0 end)),
		field('type', number(16)), field('class', number(16)),
	}
	WS = token('[[:blank:]]+')
	CRLF = token('%r?%n')
	header = record{ field('name', token('[^:%r%n]+')), token(': '), field('value', token('[^%r%n]+')), CRLF }
	http = record{
		field('method', token('[A-Z]+')), WS, field('uri', token('[^ %r%n]+')), WS,
		token('HTTP/'), field('version', token('[0-9]+%.[0-9]+')), CRLF,
		field('headers', array(header):untilcond(function (_, ctx)
			local next = ctx:lookahead()
			return next == 0x0d or next == 0x0a
		end)), CRLF,
	}
	export(dns, http)
end)

local query = haka.vbuffer_from("\x12\x34\1\0\0\1\0\0\0\0\0\0\3www\7example\3com\0\0\1\0\1")
local request = haka.vbuffer_from("GET /index.html?a=b HTTP/1.1\r\nHost: www.example.com\r\nUser-Agent: curl/8.5.0\r\n" ..
	"Accept: */*\r\nAccept-Language: en-GB,en\r\nCookie: id=0123456789abcdef\r\n\r\n")

local function parse(entity, buffer, check)
	return function (count)
		for _ = 1, count do
			local result, err = entity:parse(buffer:pos('begin'))
			assert(not err and check(result))
		end
	end
end

print("| work | cost |")
print("|---|---:|")
local dns = measure(2000, parse(grammar.dns, query, function (r) return r.id == 0x1234 and r.type == 1 and #r.labels == 4 end))
print(string.format("| a DNS query of %d bytes: 17 fields, 4 labels | %.1f µs |", #query, dns * 1e6))
local http = measure(2000, parse(grammar.http, request, function (r) return r.method == 'GET' and #r.headers == 5 end))
print(string.format("| an HTTP request of %d bytes: 5 headers | %.1f µs |", #request, http * 1e6))

local line = "GET /some/path/of/it?name=value&other=1 HTTP/1.1 Host: www.example.com select a from b\n"
local text = string.rep(line, math.ceil(1048576 / #line))
local megabyte = haka.vbuffer_from(text)
local patterns = {
	{ "a word", "union" },
	{ "a class that nearly fits everywhere", "[a-z]+[0-9]{3}x" },
	{ "alternatives in any case", "(?i:insert%s+into|delete%s+from|drop%s+table|union%s+select)" },
	{ "SQL comments, as in ModSecurity's rule", "(/%*!?|%*/|[';]--|--[%s%r%n%v%f]|(?:--[^-]*?-)|([^%-&])#.*?[%s%r%n%v%f]|;?%x00)" },
	{ "what makes a backtracking engine explode", "([a-z]+)*!" },
}
for _, pattern in ipairs(patterns) do
	local regexp = re:compile(pattern[2])
	local cost = measure(2, function (count)
		for _ = 1, count do
			assert(regexp:match(megabyte:sub()) == nil)
		end
	end)
	print(string.format("| a megabyte: %s | %.1f ms |", pattern[1], cost * 1e3 * 1048576 / #text))
end

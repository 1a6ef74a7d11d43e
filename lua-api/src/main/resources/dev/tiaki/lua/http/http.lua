-- The classes of HTTP's objects. What they do to bytes is done by the functions of the engine.
local native = ...
local class = require('class')

local http = { uri = {}, cookies = {} }

local HttpUriSplit = class.class('HttpUriSplit')

function HttpUriSplit.method:__init(uri)
	native.split_uri(self, uri)
end

function HttpUriSplit.method:__tostring()
	return native.join_uri(self)
end

function HttpUriSplit.method:normalize()
	native.normalize_uri(self)
	return self
end

function http.uri.split(uri)
	return HttpUriSplit:new(uri)
end

function http.uri.normalize(uri)
	return tostring(http.uri.split(uri):normalize())
end

local HttpCookiesSplit = class.class('HttpCookiesSplit')

function HttpCookiesSplit.method:__init(line)
	native.split_cookies(self, line)
end

function HttpCookiesSplit.method:__tostring()
	local pairs_of = {}
	for name, value in sorted_pairs(self) do
		table.insert(pairs_of, name .. '=' .. value)
	end
	return table.concat(pairs_of, ';')
end

function http.cookies.split(line)
	return HttpCookiesSplit:new(line)
end

-- A property that is worked out once and then stays in the message.
local function computed_once(cls, name, compute)
	cls.property[name] = {
		get = function (self)
			local value = compute(self)
			rawset(self, name, value)
			return value
		end
	}
end

local HttpRequestResult = class.class('HttpRequestResult')
computed_once(HttpRequestResult, 'split_uri', function (self) return http.uri.split(self.uri) end)
computed_once(HttpRequestResult, 'split_cookies',
	function (self) return http.cookies.split(self.headers['Cookie']) end)

local HttpResponseResult = class.class('HttpResponseResult')
computed_once(HttpResponseResult, 'split_cookies',
	function (self) return http.cookies.split(self.headers['Set-Cookie']) end)

local HeaderResult = class.class('HeaderResult')
HeaderResult.__pairs = native.header_pairs
HeaderResult.method.append = native.header_append
HeaderResult.method.remove = native.header_remove

return {
	module = http,
	HttpRequestResult = HttpRequestResult,
	HttpResponseResult = HttpResponseResult,
	HeaderResult = HeaderResult,
}

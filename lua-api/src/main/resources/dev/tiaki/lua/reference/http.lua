---@meta protocol/http

--- # HTTP
---
--- HTTP/1.x on TCP connections to port 80, and where a policy or rule says so; the [guide](../guide/http.md) tells what is read and what is refused.
---
--- ```lua
--- local http = require('protocol/http')
--- haka.rule{
---   on = haka.dissectors.http.events.request,
---   eval = function (http, request)
---     print(request.method, request.split_uri.path, request.headers['host'])
---     request.headers['User-Agent'] = nil
---   end
--- }
--- ```

---HTTP on one connection; it has what the connection has.
---@class haka.Http : haka.TcpConnection
---@field request haka.HttpRequest? The request of the exchange.
---@field response haka.HttpResponse? The response of the exchange.
---@field state string `request`, `response` or `connect`.
---@field flow haka.TcpConnection
---@field protocol string `'http'`, or what it was changed to (own addition).
local Http = {}

---Lets the size of the body change; to be called in the message's own event.
function Http:enable_data_modification() end

---What both messages have.
---@class haka.HttpMessage
---@field version string **RW** Behind `HTTP/`. Error `token value 'x' does not verify /…/`, as for every text.
---@field headers haka.HttpHeaders
---@field split_cookies table<string, string> A copy in parts.

---@class haka.HttpRequest : haka.HttpMessage
---@field method string **RW**
---@field uri string **RW**
---@field split_uri haka.HttpUri A copy in parts.

---@class haka.HttpResponse : haka.HttpMessage
---@field status string **RW** Three digits.
---@field reason string **RW**

---Headers by name, whatever its case: reading gives the first's value, assigning replaces it or adds one, assigning nil removes it. `pairs` gives names and values in order, `[n]` the header `{ name =, value = }`. A value with a line end is refused.
---@class haka.HttpHeaders
---@field [string] string?
local HttpHeaders = {}

---Adds a header, also beside one of the same name.
---@param header {name: string, value: string}
function HttpHeaders:append(header) end

---The parts of a request target; those that are empty are nil. `tostring` puts them together.
---@class haka.HttpUri
---@field scheme string?
---@field authority string?
---@field userinfo string?
---@field user string?
---@field pass string?
---@field host string?
---@field port string?
---@field path string?
---@field query string?
---@field args table<string, string|boolean>? Values by name, true without `=`.
---@field fragment string?
local HttpUri = {}

---Brings it into its usual form.
---@return haka.HttpUri
function HttpUri:normalize() end

---@return string
function HttpUri:tostring() end

---Cookies by name. `tostring` puts them together.
---@class haka.HttpCookies
---@field [string] string
local HttpCookies = {}

---@return string
function HttpCookies:tostring() end

---@class haka.HttpEvents
---@field request haka.Event `(http, request)`: the head of a request is complete; nothing of it has left.
---@field response haka.Event `(http, response)`: the head of a response is complete, interim responses (1xx) included.
---@field receive_data haka.Event `(http, sub, direction)`: a piece of a body, without chunk framing. May be streamed, as the next two: a coroutine for each body.
---@field request_data haka.Event `(http, sub)`
---@field response_data haka.Event `(http, sub)`
---@field request_content haka.Event `(http, sub)`: after decoding `gzip` and `deflate`; a copy that cannot be changed (own addition, as what follows).
---@field response_content haka.Event `(http, sub)`
---@field anomaly haka.Event `(http, name, direction)`: a message that two readers may understand differently.
---@field upgrade haka.Event `(http, protocol)`: the rest of the connection is another protocol.

---@class haka.HttpDissector : haka.Dissector
---@field events haka.HttpEvents

---@class haka.Dissectors
---@field http haka.HttpDissector

--- ## Module

---@class haka.HttpModule
---@field events haka.HttpEvents
local http = {}

http.uri = {}

---@param uri string
---@return haka.HttpUri
function http.uri.split(uri) end

---The usual form of a request target.
---
---```lua
---local http = require('protocol/http')
---print(http.uri.normalize('HTTP://Example.ORG:80/a/../%7Eb'))   --> http://example.org/~b
---```
---@param uri string
---@return string
function http.uri.normalize(uri) end

http.cookies = {}

---@param line string?
---@return haka.HttpCookies
function http.cookies.split(line) end

---Reads a connection as HTTP.
---@param flow haka.TcpConnection
function http.dissect(flow) end

---Reads connections to any port as HTTP whose first data are a request.
function http.detect() end

---Reads connections to a port as HTTP, as Haka 0.3 did it.
---@param port integer
function http.install_tcp_rule(port) end

return http

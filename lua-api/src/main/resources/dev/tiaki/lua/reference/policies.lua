---@meta

--- # Policies
---
--- A policy is a named decision. Of the statements whose criteria all match, the last registered decides; when none matches, the
--- default holds.
---
--- ```lua
--- haka.policy{
---   on = haka.dissectors.tcp_connection.policies.new_connection,
---   name = "ssh from outside",
---   dstport = 22,
---   action = { haka.policy.alert{ severity = 'high' }, haka.policy.drop }
--- }
--- ```
---
--- | policy | values | default |
--- |---|---|---|
--- | `packet.next_dissector` | `proto` | the protocol's dissector |
--- | `ipv4.next_dissector`, `ipv6.next_dissector` | `proto` | the transport's dissector |
--- | `tcp.next_dissector` | `dstport` | connections |
--- | `tcp_connection.new_connection` | `srcip srcport dstip dstport` | nothing |
--- | `tcp_connection.no_connection_found` | the same | alert and drop |
--- | `tcp_connection.unexpected_packet` | none | alert and drop |
--- | `tcp_connection.next_dissector` | `port` | the dissector that is expected at the port |
--- | `udp.next_dissector` | `srcport dstport` | UDP flows |
--- | `udp_connection.next_dissector` | `port` | the dissector that is expected at the port |

---What an action does: `(policy, context, values, description)`.
---@alias haka.PolicyAction fun(policy: haka.Policy, ctx: any, values: table, desc: table)

---A named decision.
---@class haka.Policy
---@field name string
local Policy = {}

---Asks for the decision and carries it out.
---@param request haka.PolicyRequest
function Policy:apply(request) end

---Adds a statement: what `haka.policy` does.
---@param name string
---@param criteria table
---@param actions haka.PolicyAction[]
function Policy:insert(name, criteria, actions) end

---What a policy is asked. Error `no context defined for policy`, `values must be a table`, `desc must be a table`.
---@class haka.PolicyRequest
---@field ctx any What the actions act on.
---@field values table Compared with the criteria.
---@field desc? haka.AlertFields What an alert says.

---A statement; every other field is a criterion on the value of that name, a plain value meaning equality.
---@class haka.PolicyStatement
---@field on haka.Policy Error `no on defined for policy`, `policy on must be a Policy`.
---@field name? string
---@field action haka.PolicyAction|haka.PolicyAction[] Error `policy action must be a function or a list of functions`.
---@field [string] any

---The class that criteria of one's own derive from. A class of this name becomes the constructor `haka.policy.<name>`. Error `reserved name or already existing policy criterion`.
---
---```lua
---local class = require('class')
---local Even = class.class('even', haka.policy.Criterion)
---function Even.method:compare(value) return value % 2 == 0 end
---local p = haka.policy.new('numbers')
---haka.policy{ on = p, n = haka.policy.even(), action = function () print('even') end }
---p:apply{ ctx = {}, values = { n = 4 } }   --> even
---```
---@class haka.Criterion
local Criterion = {}

---Given the arguments of the constructor.
---@param ... any
function Criterion:init(...) end

---Whether a value matches.
---@param value any
---@return boolean
function Criterion:compare(value) end

---Takes a value in, while `haka.policy.learning` is true.
---@param value any
function Criterion:learn(value) end

--- ## Functions

---Adds a statement when it is called as `haka.policy{ … }`. Error `policy parameter must be a table`.
---@class haka.Policies
---@operator call(haka.PolicyStatement): nil
---@field Criterion haka.Criterion The class of criteria.
---@field learning boolean **RW** Whether `learn` criteria learn.
haka.policy = {}

---A policy of one's own.
---@param name string
---@return haka.Policy
function haka.policy.new(name) end

---Action: drops.
---@param policy haka.Policy
---@param ctx any
---@param values table
---@param desc table
function haka.policy.drop(policy, ctx, values, desc) end

---Action: nothing.
---@param policy haka.Policy
---@param ctx any
---@param values table
---@param desc table
function haka.policy.accept(policy, ctx, values, desc) end

---Makes an action that posts an alert: these fields, and those that the policy adds.
---@param fields? haka.AlertFields
---@return haka.PolicyAction
function haka.policy.alert(fields) end

---Makes an action that logs.
---@param log fun(format: string, ...)
---@param format string
---@param ... any
---@return haka.PolicyAction
function haka.policy.log(log, format, ...) end

---Criterion: equal.
---@param value any
---@return haka.Criterion
function haka.policy.value(value) end

---Criterion: one of these, compared as keys of a table (addresses are never).
---@param values any[]
---@return haka.Criterion
function haka.policy.set(values) end

---Criterion: between, both ends included. Error `invalid min`, `invalid max`, `invalid bounds`.
---@param min any
---@param max any
---@return haka.Criterion
function haka.policy.range(min, max) end

---Criterion: strictly outside.
---@param min any
---@param max any
---@return haka.Criterion
function haka.policy.outofrange(min, max) end

---Criterion: there is a value.
---@return haka.Criterion
function haka.policy.present() end

---Criterion: there is none.
---@return haka.Criterion
function haka.policy.absent() end

---Criterion: an address in a network. Error `nil argument`.
---@param network haka.Network
---@return haka.Criterion
function haka.policy.ipv4_in_network(network) end

---Criterion that learns while `haka.policy.learning` is true: `haka.policy.learn(haka.policy.range)`. Error `cannot learn on haka.policy.x criterion`, `can only learn on haka.policy.Criterion`.
---
---```lua
---local p = haka.policy.new('ports')
---haka.policy{ on = p, port = haka.policy.learn(haka.policy.range), action = function () print('known') end }
---haka.policy.learning = true
---p:apply{ ctx = {}, values = { port = 80 } }   --> known
---p:apply{ ctx = {}, values = { port = 90 } }   --> known
---haka.policy.learning = false
---p:apply{ ctx = {}, values = { port = 85 } }   --> known
---p:apply{ ctx = {}, values = { port = 22 } }
---```
---@param criterion function
---@return haka.Criterion
function haka.policy.learn(criterion) end

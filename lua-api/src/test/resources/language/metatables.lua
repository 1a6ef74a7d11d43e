-- Metatables on tables, strings and the globals.
local mt = {}
mt.__index = function(t, k) return k .. "!" end
mt.__call = function(self, a, b) return a, b, "called" end
mt.__eq = function() return true end
mt.__lt = function() return true end
mt.__le = function() return false end
mt.__len = function() return 42 end
mt.__concat = function(a, b) return (type(a) == "table" and "T" or a) .. "~" .. (type(b) == "table" and "T" or b) end
mt.__unm = function() return "negated" end
mt.__add = function(a, b) return "sum" end
mt.__tostring = function() return "STR" end
local a, b = setmetatable({}, mt), setmetatable({}, mt)
print(a.foo, a(1, 2))
print(a == b, a ~= b, a < b, a <= b, a > b, a >= b)
print(#a, -a, a + 1, 1 + a, a .. "x", "x" .. a, 1 .. a, a .. b)
print(tostring(a), a)
print(string.format("%s|%10s|%-6s|%.2s", a, a, a, a))
print(rawequal(a, b), rawlen(a), rawget(a, "foo"), rawset(a, "foo", 1) == a, a.foo)
local log = {}
local watched = setmetatable({}, { __newindex = function(t, k, v) log[#log + 1] = k rawset(t, k, v * 2) end })
watched.x = 4
watched.x = 5
print(watched.x, #log)
local base = { greet = function(self) return "hello " .. self.name end }
base.__index = base
local derived = setmetatable({}, { __index = base })
derived.__index = derived
print(setmetatable({ name = "you" }, derived):greet())
-- pairs asks __pairs, ipairs is raw
local pairable = setmetatable({}, { __pairs = function(t)
  return function(_, k) if not k then return 1, "one" elseif k < 3 then return k + 1, "more" end end, t, nil
end })
for k, v in pairs(pairable) do io.write(k, "=", v, " ") end print()
local lazy = setmetatable({ 1, 2 }, { __index = function(t, k) if type(k) == "number" then error("asked " .. k) end end })
local n = 0
for _, v in ipairs(lazy) do n = n + v end
print(n)
-- strings
print(("abc"):upper(), ("x"):rep(3), #"abc", ("%d"):format(7), ("abc").len == string.len)
string.shout = function(s) return s:upper() .. "!" end
print(("hey"):shout())
getmetatable("").__add = nil
print(getmetatable("").__index == string)
-- protected metatables
local protected = setmetatable({}, { __metatable = "locked" })
print(getmetatable(protected), pcall(setmetatable, protected, {}))
print(getmetatable({}), getmetatable(1), getmetatable(nil))
-- the globals table
setmetatable(_G, { __index = function(_, k) return "global " .. k end, __newindex = function(t, k, v) rawset(t, k, v .. " (new)") end })
print(undefinedname)
fresh = "value"
print(fresh)
fresh = "again"
print(fresh)
local function later() return anotherone end
print(later())
setmetatable(_G, nil)
print(undefinedname)
-- environments
local env = { print = print }
local chunk = load("y = 5 print(y) return x", "=env", "t", env)
print(chunk(), env.y, y)
print(getfenv() == _G, getfenv(1) == _G, debug.getfenv(print) == _G)
print(pcall(setfenv, print, {}))
print(setmetatable({}, { __mode = "k" }) ~= nil, pcall(module, "x"))
local order = setmetatable({}, { __lt = function() return 1 end, __le = function() return nil end })
print(order < order, order <= order)
-- __call chains into varargs and method calls
local callable = setmetatable({}, { __call = function(self, ...) return select("#", ...) end })
print(callable(), callable(nil), callable(1, 2, nil))
print(pcall(callable, 1))
print(next({}), next({ 5 }), type(next), select(-1, 1, 2, 3), select(2, "a", "b", "c"))

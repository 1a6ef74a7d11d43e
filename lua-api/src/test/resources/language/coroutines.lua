-- Coroutines, yielding through everything that Lua code can call.
local function show(...) print(...) end
local co = coroutine.create(function(a, b)
  show("start", a, b)
  local c = coroutine.yield(a + b)
  show("got", c)
  local d, e = coroutine.yield("second")
  return d, e, "done"
end)
print(coroutine.status(co), type(co))
print(coroutine.resume(co, 1, 2))
print(coroutine.status(co))
print(coroutine.resume(co, "c"))
print(coroutine.resume(co, "d", "e"))
print(coroutine.status(co), coroutine.resume(co))
-- through pcall
co = coroutine.wrap(function()
  local ok, e = pcall(function()
    coroutine.yield("in pcall")
    error("boom")
  end)
  coroutine.yield(tostring(ok) .. " " .. e)
  ok, e = xpcall(function() coroutine.yield("in xpcall") error({ 7 }) end, function(m) return m end)
  return tostring(ok) .. " " .. e[1]
end)
print(co()) print(co()) print(co()) print(co())
-- through sort, gsub, metamethods, iterators
co = coroutine.wrap(function()
  local t = { 3, 1, 2 }
  table.sort(t, function(a, b) coroutine.yield("cmp") return a < b end)
  return table.concat(t, ",")
end)
local n, v = 0, nil
repeat v = co() n = n + 1 until v ~= "cmp"
print(n > 2, v)
co = coroutine.wrap(function() return (("abc"):gsub(".", function(c) return coroutine.yield(c) end)) end)
print(co(), co("X"), co("Y"), co("Z"))
co = coroutine.wrap(function()
  local t = setmetatable({}, { __index = function(_, k) return coroutine.yield(k) end, __add = function() return coroutine.yield("add") end,
    __call = function(_, x) return coroutine.yield("call " .. x) end, __concat = function() return coroutine.yield("concat") end })
  return t.foo, t + 1, t(5), t .. "s"
end)
print(co(), co(10), co(20), co(30), co(40))
co = coroutine.wrap(function()
  local s = 0
  for x in function() return coroutine.yield("more") end do s = s + x end
  return s
end)
print(co(), co(1), co(2), co(nil))
-- nested and as generators
local function gen(k) return coroutine.wrap(function() for i = 1, k do coroutine.yield(i) end end) end
co = coroutine.wrap(function() for x in gen(3) do coroutine.yield("outer " .. x) end end)
print(co(), co(), co())
local sum = 0
for x in gen(1000) do sum = sum + x end
print(sum)
-- status, running, errors
local self
self = coroutine.create(function()
  local r = coroutine.running()
  coroutine.yield(coroutine.status(self), r == self)
  local inner = coroutine.create(function() coroutine.yield(coroutine.status(self)) end)
  local _, s = coroutine.resume(inner)
  coroutine.yield(s, coroutine.status(inner))
end)
print(coroutine.resume(self)) print(coroutine.resume(self)) print(coroutine.resume(self)) print(coroutine.status(self))
print(pcall(coroutine.yield, 1))
co = coroutine.create(function() return coroutine.resume(co) end)
print(coroutine.resume(co))
co = coroutine.create(function() error({ code = 5 }) end)
local ok, e = coroutine.resume(co)
print(ok, type(e), e.code, coroutine.status(co))
co = coroutine.create(function() error("text") end)
print(coroutine.resume(co))
co = coroutine.create(function() error() end)
print(coroutine.resume(co))
co = coroutine.wrap(function() local x = nil return x.y end)
print(pcall(co))
co = coroutine.wrap(function() return 1 end)
co()
print(pcall(co))
co = coroutine.create(function(...) return select("#", ...), ... end)
print(coroutine.resume(co, nil, 2, nil))
print(pcall(coroutine.create, 1), pcall(coroutine.resume, 1))
-- deep stacks sleep and wake
local function deep(k) if k == 0 then return coroutine.yield("deep") end return 1 + deep(k - 1) end
co = coroutine.wrap(deep)
print(co(200), co(0))
-- many at once, in any order
local many = {}
for i = 1, 500 do many[i] = coroutine.wrap(function(a) local s = a while true do s = s + coroutine.yield(s) end end) many[i](i) end
local total = 0
for r = 1, 3 do for i = 500, 1, -7 do total = total + many[i](r) end end
print(total)
-- varargs and upvalues live on across yields
co = coroutine.wrap(function(...)
  local args, up = { ... }, 0
  local function bump() up = up + 1 return up end
  for i = 1, 3 do bump() coroutine.yield(args[i], up) end
end)
print(co("x", "y", "z")) print(co()) print(co())

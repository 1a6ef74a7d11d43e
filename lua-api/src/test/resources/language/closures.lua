-- Closures, upvalues, varargs, goto, loops: what compiled code gets wrong first.
local made = {}
for i = 1, 3 do made[i] = function() i = i + 1 return i end end
print(made[1](), made[1](), made[2](), made[3]())
local x = 0
local function add() x = x + 1 end
local function get() return x end
add() add()
print(get())
local outer = {}
for i = 1, 2 do
  local kept
  for j = 1, 2 do kept = j + i end
  outer[i] = function() return kept end
end
print(outer[1](), outer[2]())
local list, n = {}, 0
while n < 3 do
  local j = n
  list[#list + 1] = function() j = j + 10 return j end
  n = n + 1
end
print(list[1](), list[1](), list[2](), list[3]())
local rounds = 0
repeat
  local done = rounds >= 2
  rounds = rounds + 1
until done
print(rounds)
local function count(...) return select("#", ...), ... end
print(count())
print(count(nil, 2, nil))
print((count(1, 2, 3)))
local function three() return 1, 2, 3 end
local t = { three(), three(), (three()) }
print(#t, t[1], t[2], t[3])
print(three(), three())
print(({ three(), nil, three() })[5])
local function sum(...)
  local s = 0
  for _, v in ipairs({ ... }) do s = s + v end
  return s, select("#", ...)
end
print(sum(1, 2, 3, 4, 5, 6, 7, 8, 9, 10))
local total = 0
for i = 1, 10 do
  if i % 2 == 0 then goto continue end
  if i > 7 then break end
  total = total + i
  ::continue::
end
print(total)
for i = 1, 3 do
  for j = 1, 3 do
    if i * j == 4 then print("found", i, j) goto out end
  end
end
::out::
do
  local k = 0
  ::again::
  k = k + 1
  if k < 5 then goto again end
  print(k)
end
local function fact(n) if n <= 1 then return 1 end return n * fact(n - 1) end
print(fact(10), fact(20))
local function loop(n) if n == 0 then return "bottom" end return loop(n - 1) end
print(loop(100000))
local a, b = 1, 2
a, b = b, a
print(a, b)
local i, arr = 1, {}
i, arr[i] = i + 1, 20
print(i, arr[1], arr[2])
print(nil and 1, false or "x", nil == false, 1 and 2, not nil, not 0)
local function swap(p, q) return q, p end
local s1, s2, s3 = swap(1, 2)
print(s1, s2, s3)
local function defaults(p, q) p = p or "p" q = q == nil and "q" or q return p, q end
print(defaults()) print(defaults(1, false))
local obj = { v = 5 }
function obj:get(d) return self.v + (d or 0) end
function obj.make(v) return { v = v, get = obj.get } end
obj.sub = { deep = {} }
function obj.sub.deep:method(y) return y * 2, self == obj.sub.deep end
print(obj:get(), obj:get(1), obj.make(9):get(), obj.sub.deep:method(4))
local long = [==[
first ]] line
second]==]
print(#long, long) --[[ comment ]] print("after") --[==[ another
]] ]==] print("end")
print("\65\066\x43\z
       D", '\'"', "tab\tend", "\0zero" == "\0" .. "zero", #"\xff\200")
local function deep(depth) local f = function() return depth end if depth > 0 then return deep(depth - 1), f() end return f() end
print(deep(3))
local mutual
local function even(m) if m == 0 then return true end return mutual(m - 1) end
mutual = function(m) if m == 0 then return false end return even(m - 1) end
print(even(1001), even(50000))
local acc = {}
for k, v in next, { 10, 20, 30 } do acc[#acc + 1] = k .. "=" .. v end
print(table.concat(acc, " "))
local up1, up2, up3, up4, up5 = 1, 2, 3, 4, 5
local function five() up1 = up1 + 1 return up1 + up2 + up3 + up4 + up5, function() up5 = up5 + up1 return up5 end end
local s, g = five()
print(s, g(), (five()), up5)
local function manyargs(p1, p2, p3, p4, p5, ...) return p5, select("#", ...), (select("#", ...) > 0 and ...) end
print(manyargs(1, 2, 3, 4, 5)) print(manyargs(1, 2, 3, 4, 5, 6, 7))

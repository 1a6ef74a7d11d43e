-- Locals of loops that closures capture: what a compiler to Java can lose track of.
local fs = {}
for o = 1, 2 do
  for i = 1, 4 do
    local x = i * 10
    local f = function() x = x + 1 return x end
    fs[#fs + 1] = f
    f()
    if x >= 30 then break end
    print(o, i, x, f())
  end
end
for _, f in ipairs(fs) do io.write(f(), " ") end print()
local i = 0
while true do
  i = i + 1
  local y = i
  fs[i] = function() y = y + 100 return y end
  if y == 3 then break end
  y = y + 0.5
  if i == 2 then goto next end
  print(fs[i](), y)
  ::next::
end
print(fs[1](), fs[2](), fs[3]())
for _, v in ipairs({ 1, 2, 3 }) do
  local z = v
  if z == 2 then break end
  local g = function() return z + v end
  print(g(), v)
end
local function temporaries()
  for k, v in ipairs({ "k", 5 }) do fs[k] = function() return k .. v end end
  local a, b = fs[1](), { fs[2](), true }
  local c, d = #b, a .. b[1]
  return a, c, d, (fs[1]())
end
print(temporaries())
local function conditional(flag)
  local chosen
  if flag then chosen = "yes" else chosen = "no" end
  local say = function() return chosen end
  for n = 1, 2 do
    chosen = chosen .. n
    fs[n] = function() chosen = chosen .. "!" return chosen end
  end
  return say(), fs[1](), fs[2](), chosen
end
print(conditional(true))
print(conditional(false))
local state = 0
repeat
  local seen = state
  fs[state + 1] = function() return seen end
  state = state + 1
until seen == 2
print(fs[1](), fs[2](), fs[3](), state)
local total = 0
local function add(n) total = total + n return total end
for n = 1, 3 do add(n) if n == 2 then total = total * 10 end end
print(total, add(1))

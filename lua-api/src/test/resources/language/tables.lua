-- The table library, and tables themselves.
local t = { 1, 2, 3 }
table.insert(t, 4) table.insert(t, 1, 0)
print(table.concat(t, ","), #t, table.remove(t), table.remove(t, 1), table.concat(t, ","))
print(table.remove({}), #t, pcall(table.insert, t, 10, 1), pcall(table.insert, t))
print(table.concat({}), table.concat({ "a" }, ","), table.concat({ 1, 2, 3 }, ", ", 2), table.concat({ 1, 2, 3 }, "-", 2, 3), table.concat({ 1 }, ",", 2))
print(unpack({ 1, 2, 3 })) print(table.unpack({ 1, 2, 3 }, 2)) print(unpack({ 1, 2, 3 }, 2, 5)) print((unpack({ 9 })))
print(select("#", unpack({}, 1, 3)), pcall(unpack, {}, 1, 1e8))
local p = table.pack(1, nil, 3, nil)
print(p.n, p[1], p[2], p[3], table.pack().n)
print(table.getn({ 1, 2 }), table.maxn({ 1, 2, [10] = 1 }), table.maxn({}))
local function sorted(list, cmp) table.sort(list, cmp) return table.concat(list, " ") end
print(sorted({ 5, 2, 8, 1 }), sorted({ 5, 2, 8, 1 }, function(a, b) return a > b end), sorted({ "b", "a", "C" }), sorted({}), sorted({ 1 }))
-- a comparator that is no order must not raise: equal elements come "before" each other
print(sorted({ 3, 1, 2, 3, 1, 2, 3, 3, 1 }, function(a, b) return not (a < b) end))
print(#sorted({ 3, 1, 2, 3, 1, 2 }, function(a, b) return true end), #sorted({ 3, 1, 2, 3, 1, 2 }, function() return false end))
print(pcall(table.sort, { 1, "x" }), pcall(table.sort, { 1, 2 }, 5))
local big = {}
for i = 1, 1000 do big[i] = (i * 7919) % 1009 end
table.sort(big)
local ok = true
for i = 2, 1000 do ok = ok and big[i - 1] <= big[i] end
print(ok)
-- tables grow, shrink and iterate
local m = { a = 1, b = 2, c = 3, 10, 20 }
local keys = {}
for k in pairs(m) do keys[#keys + 1] = tostring(k) end
table.sort(keys)
print(table.concat(keys, " "))
for k in pairs(m) do m[k] = nil end
print(next(m), #m)
local sparse = { 1, 2, nil, 4 }
local c = 0
for _ in ipairs(sparse) do c = c + 1 end
print(c)
local grown = {}
for i = 1, 100 do grown[i] = i end
for i = 100, 51, -1 do grown[i] = nil end
print(#grown, grown[50], grown[51])
local mixed = { [1.0] = "one", ["1"] = "string one", [true] = "yes", [-1] = "minus" }
print(mixed[1], mixed["1"], mixed[true], mixed[-1], mixed[1.5])
local nested = { list = { 1, { 2, { 3 } } }, f = function() return "f" end }
print(nested.list[2][2][1], nested.f(), #nested.list)
local ref = {}
ref[ref] = ref
print(ref[ref][ref] == ref)
print(pcall(next, {}, "unknown"))
local seen = {}
table.foreach({ 7, 8 }, function(k, v) seen[#seen + 1] = k .. ":" .. v end)
table.foreachi({ 7, 8 }, function(k, v) seen[#seen + 1] = k .. ":" .. v end)
print(table.concat(seen, " "))
local weak = setmetatable({}, { __mode = "v" })
weak[1] = "kept"
print(weak[1], collectgarbage("count") > 0, collectgarbage())
local constructor = { 1, 2, x = 3, 4, [10] = 5, (function() return 6, 7 end)(), }
print(#constructor >= 4, constructor[4], constructor[5], constructor.x, constructor[10])

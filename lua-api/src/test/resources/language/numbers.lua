-- Numbers are doubles and print as C's %.14g.
print(1, -1, 0, 7.0, 1.5, -2.25, 1e3, 100000000000000, 12345678901234)
print(1e14, 1e15, 1e16, 123456789012345678, 2 ^ 53, 2 ^ 63, 1e100, 1e308, 5e-324)
print(0.1, 0.2 + 0.1, 1 / 3, 2 / 3, 100 / 3, 1e-4, 1e-5, 123.456e-7, 1390236283.002)
print(1 / 0, -1 / 0, 0x10, 0xff, 0xA, 1e2, .5, 5., 3e-2)
print(tostring(1e15), 1e15 .. "", 0.1 .. "|" .. 1e100 .. "|" .. 3)
print(table.concat({ 1, 2.5, 1e15, 0.1 }, " "))
print(7 % 3, -7 % 3, 7 % -3, 5.5 % 2, 2 ^ 10, 10 / 2, 7 / 2)
print(2147483647 + 1, -2147483648 - 1, 2147483647 * 2, 65536 * 65536)
print("10" + 5, "0x10" + 0, "3" * "4", 10 .. 20)
print(tonumber("10"), tonumber("  0x1F  "), tonumber("1e"), tonumber(""), tonumber(" "), tonumber("0x"))
print(tonumber("1e1"), tonumber(".5"), tonumber("5."), tonumber("0x1p4"), tonumber("1d"), tonumber("1f"))
print(tonumber("ff", 16), tonumber("zz", 36), tonumber("102", 2), tonumber("7", 8), tonumber("-ff", 16))
print(tonumber({}), tonumber(nil), tonumber(true), tonumber(12))
print(pcall(tonumber, "1", 99))
local keys = { [1] = "one", [1.5] = "one and a half", [2 ^ 53] = "big" }
print(keys[1], keys[1.0], keys[3 / 2], keys[9007199254740992])
local sum = 0
for i = 0, 1, 0.25 do sum = sum + i end
print(sum)
for i = 3, 1, -1 do io.write(i, " ") end
for i = 1, 0 do io.write("never") end
print()
print(math.huge, -math.huge, math.pi, math.floor(-3.5), math.ceil(-3.5), math.floor(2 ^ 40 + 0.5))
print(math.max(1, 5, 3), math.min(4, 2, 8), math.abs(-3), math.sqrt(16), math.fmod(-7, 3), math.log10(1000))
print(math.modf(3.7), math.modf(-3.7), math.frexp(8), math.ldexp(0.5, 4))
print(bit32.band(0xff, 0x0f), bit32.bor(1, 2), bit32.lshift(1, 4))

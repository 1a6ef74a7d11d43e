-- Replaces a word in every answer, wherever packets cut it. Who runs it puts the other word in for REPLACEMENT.
local from, to = "SECRET", "REPLACEMENT"

local function open_end(text)
	for n = math.min(#from - 1, #text), 1, -1 do
		if text:sub(-n) == from:sub(1, n) then return n end
	end
	return 0
end

local function replace_all(sub, text)
	local places = {}
	local at = text:find(from, 1, true)
	while at do
		places[#places + 1] = at - 1
		at = text:find(from, at + #from, true)
	end
	for i = #places, 1, -1 do
		sub:sub(places[i], #from):replace(haka.vbuffer_from(to))
	end
end

haka.rule{
	on = haka.dissectors.tcp_connection.events.receive_data,
	options = { streamed = true },
	eval = function (flow, iter, direction)
		if direction == 'up' then return end
		while true do
			local sub = iter:sub('available')
			if sub == nil then return end
			local text = sub:asstring()
			local n = open_end(text)
			if n == 0 then
				replace_all(sub, text)
			else
				local tail = sub:pos(#sub - n)
				tail:mark()
				replace_all(sub, text)
				iter:move_to(tail)
				local word = iter:sub(#from)
				tail:unmark()
				if word and word:asstring() == from then
					word:replace(haka.vbuffer_from(to))
				else
					iter:move_to(tail)
					iter:advance(n)
				end
			end
		end
	end
}

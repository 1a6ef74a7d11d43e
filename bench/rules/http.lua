-- Counts requests and their needles; to be measured with the loads "http" and "messy".
local http = require('protocol/http')

local requests, needles = 0, 0

haka.rule{
	on = haka.dissectors.http.events.request,
	eval = function (http, request)
		requests = requests + 1
		if request.uri:find('passwd', 1, true) then
			needles = needles + 1
		end
	end
}

haka.rule{
	on = haka.events.exiting,
	eval = function ()
		print(string.format('gate requests=%d needles=%d', requests, needles))
	end
}

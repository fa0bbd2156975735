package vietqr

// names are the banks by their identification numbers, as their customers call them.
var names = map[string]string{
	"970400": "SaigonBank", "970403": "Sacombank", "970405": "Agribank", "970407": "Techcombank", "970409": "Bac A Bank",
	"970412": "PVcomBank", "970415": "VietinBank", "970416": "ACB", "970418": "BIDV", "970419": "NCB", "970422": "MB", "970423": "TPBank",
	"970424": "Shinhan Bank", "970425": "ABBANK", "970426": "MSB", "970427": "VietABank", "970428": "Nam A Bank", "970429": "SCB",
	"970431": "Eximbank", "970432": "VPBank", "970433": "Vietbank", "970436": "Vietcombank", "970437": "HDBank", "970438": "BaoViet Bank",
	"970440": "SeABank", "970441": "VIB", "970443": "SHB", "970448": "OCB", "970449": "LPBank", "970452": "KienlongBank", "970454": "BVBank",
}

// BankName is what a bank is called, "" for one that is not known here.
func BankName(bank string) string { return names[bank] }

// Banks are the numbers that BankName knows, by name.
func Banks() map[string]string {
	all := make(map[string]string, len(names))
	for number, name := range names {
		all[number] = name
	}
	return all
}

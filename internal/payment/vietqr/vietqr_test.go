package vietqr_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"vuon/internal/payment/vietqr"
)

// The published texts, and what they say.
var published = map[string]vietqr.Transfer{
	"00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA53037045802VN63049E6F":                                   {Bank: "970403", Account: "0011012345678"},
	"00020101021238560010A0000007270126000697041501121133666688880208QRIBFTTA53037045405790005802VN62220818Ung Ho Quy Vac Xin63043ACF": {Bank: "970415", Account: "113366668888", Amount: 79000, Memo: "Ung Ho Quy Vac Xin", Dynamic: true},
}

func TestThePublishedTextsAreWrittenAndRead(t *testing.T) {
	t.Parallel()
	for text, want := range published {
		if got, err := want.Payload(); err != nil || got != text {
			t.Errorf("%+v is written\n%s, not\n%s (%v)", want, got, text, err)
		}
		if got, err := vietqr.Parse(text); err != nil || got != want {
			t.Errorf("%s is read %+v (%v)", text, got, err)
		}
	}
}

// crc is written a second time, by the table of the polynomial's residues, so that one mistake does not check itself.
func crc(text string) string {
	sum := 0xFFFF
	for _, c := range []byte(text) {
		x := (sum>>8 ^ int(c)) & 0xFF
		x ^= x >> 4
		sum = (sum<<8 ^ x<<12 ^ x<<5 ^ x) & 0xFFFF
	}
	return fmt.Sprintf("%04X", sum)
}

func TestTheSecondChecksumIsThePublishedOne(t *testing.T) {
	t.Parallel()
	if got := crc("123456789"); got != "29B1" {
		t.Errorf("got %s", got)
	}
}

// signed ends a text with a checksum that holds, so that what is refused is refused for itself.
func signed(text string) string { return text + "6304" + crc(text+"6304") }

const sound = "00020101021238560010A0000007270126000697041501121133666688880208QRIBFTTA53037045405790005802VN62220818Ung Ho Quy Vac Xin"

func swap(old, new string) string { return signed(strings.Replace(sound, old, new, 1)) }

func TestWhatContradictsItselfIsRefused(t *testing.T) {
	t.Parallel()
	if _, err := vietqr.Parse(signed(sound)); err != nil {
		t.Fatalf("what all others are made of is refused: %v", err)
	}
	for name, c := range map[string]struct {
		text string
		want error
	}{
		"nothing":                     {"", vietqr.ErrChecksum},
		"too short":                   {"6304", vietqr.ErrChecksum},
		"another checksum":            {sound + "63043ACE", vietqr.ErrChecksum},
		"small letters":               {strings.Replace(signed(sound), "3ACF", "3acf", 1), vietqr.ErrChecksum},
		"checksum without its name":   {sound + "6304" + crc(sound), vietqr.ErrChecksum},
		"something behind it":         {signed(sound) + " ", vietqr.ErrChecksum},
		"a line's end":                {signed(sound) + "\n", vietqr.ErrText},
		"a letter with a mark":        {swap("Ung", "Ủng"), vietqr.ErrText},
		"outer length too long":       {swap("3856", "3857"), vietqr.ErrLength},
		"inner length too long":       {swap("0126", "0127"), vietqr.ErrLength},
		"inner length too short":      {swap("0126", "0125"), vietqr.ErrLength},
		"account longer than it says": {swap("0112113366668888", "0111113366668888"), vietqr.ErrLength},
		"no length":                   {swap("5802VN", "58"), vietqr.ErrLength},
		"an empty part":               {swap("5802VN", "5802VN5900"), vietqr.ErrLength},
		"no digits":                   {swap("5802VN", "5802VN5XX1a"), vietqr.ErrLength},
		"twice the amount":            {swap("5405790005", "54057900054057900"+"05"), vietqr.ErrTwice},
		"twice the receiver":          {swap("53037", "38560010A0000007270126000697041501121133666688880208QRIBFTTA53037"), vietqr.ErrTwice},
		"a checksum in the middle":    {swap("5802VN", "5802VN63041234"), vietqr.ErrTwice},
		"another version":             {swap("000201", "000202"), vietqr.ErrFormat},
		"the version later":           {signed("010212000201" + sound[12:]), vietqr.ErrFormat},
		"once or often, or neither":   {swap("010212", "010222"), vietqr.ErrFormat},
		"no word how often":           {swap("010212", ""), vietqr.ErrFormat},
		"another network":             {swap("A000000727", "A000000728"), vietqr.ErrNetwork},
		"another service":             {swap("QRIBFTTA", "QRIBFTTX"), vietqr.ErrNetwork},
		"nobody":                      {signed("0002010102115303704" + "5802VN"), vietqr.ErrNetwork},
		"a bank that is none":         {swap("0006970415", "000697041A"), vietqr.ErrBank},
		"an account with a blank":     {swap("113366668888", "11336666 888"), vietqr.ErrAccount},
		"dollars":                     {swap("5303704", "5303840"), vietqr.ErrCountry},
		"elsewhere":                   {swap("5802VN", "5802TH"), vietqr.ErrCountry},
		"parts of a đồng":             {swap("540579000", "540579.00"), vietqr.ErrAmount},
		"noughts before":              {swap("540579000", "540500790"), vietqr.ErrAmount},
		"nothing to pay":              {swap("540579000", "54010"), vietqr.ErrAmount},
		"less than nothing":           {swap("540579000", "5405-7900"), vietqr.ErrAmount},
		"more than there is":          {swap("540579000", "541479000000000000"), vietqr.ErrAmount},
		"too long a memo":             {swap("62220818Ung Ho Quy Vac Xin", "62300826Ung Ho Quy Vac Xin va them"), vietqr.ErrMemo},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got, err := vietqr.Parse(c.text); !errors.Is(err, c.want) || got != (vietqr.Transfer{}) {
				t.Errorf("%s is read %+v, %v; want %v", c.text, got, err, c.want)
			}
		})
	}
}

// What a merchant or another network adds does not hide who is paid.
func TestWhatOthersAddIsLetPass(t *testing.T) {
	t.Parallel()
	want := published[signed(sound)]
	for _, text := range []string{
		swap("5802VN", "5802VN5910VUON UOM A6009BINHDUONG"), swap("38560010", "2612000800000001"+"38560010"),
		swap("62220818", "62290103A010818"),
	} {
		if got, err := vietqr.Parse(text); err != nil || got != want {
			t.Errorf("%s is read %+v (%v)", text, got, err)
		}
	}
	card := want
	if got, err := vietqr.Parse(swap("QRIBFTTA", "QRIBFTTC")); err != nil || got != card {
		t.Errorf("a card is read %+v (%v)", got, err)
	}
}

func TestWhatNoPictureCanAskIsRefused(t *testing.T) {
	t.Parallel()
	good := vietqr.Transfer{Bank: "970415", Account: "113366668888", Amount: 1, Memo: "VUON7KJH3M9P"}
	for name, c := range map[string]struct {
		change func(*vietqr.Transfer)
		want   error
	}{
		"sound":            {func(*vietqr.Transfer) {}, nil},
		"greatest":         {func(t *vietqr.Transfer) { t.Amount = vietqr.Greatest }, nil},
		"too much":         {func(t *vietqr.Transfer) { t.Amount = vietqr.Greatest + 1 }, vietqr.ErrAmount},
		"below nothing":    {func(t *vietqr.Transfer) { t.Amount = -1 }, vietqr.ErrAmount},
		"short bank":       {func(t *vietqr.Transfer) { t.Bank = "97041" }, vietqr.ErrBank},
		"no account":       {func(t *vietqr.Transfer) { t.Account = "" }, vietqr.ErrAccount},
		"long account":     {func(t *vietqr.Transfer) { t.Account = strings.Repeat("1", 20) }, vietqr.ErrAccount},
		"account in parts": {func(t *vietqr.Transfer) { t.Account = "1133 6666" }, vietqr.ErrAccount},
		"long memo":        {func(t *vietqr.Transfer) { t.Memo = strings.Repeat("A", 26) }, vietqr.ErrMemo},
		"memo with marks":  {func(t *vietqr.Transfer) { t.Memo = "Ủng hộ" }, vietqr.ErrMemo},
		"memo of lines":    {func(t *vietqr.Transfer) { t.Memo = "a\nb" }, vietqr.ErrMemo},
	} {
		one := good
		c.change(&one)
		if _, err := one.Payload(); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}

// Whatever can be written is read back as it was.
func FuzzRoundTrip(f *testing.F) {
	f.Add("970415", "113366668888", int64(79000), "Ung Ho Quy Vac Xin")
	f.Add("970403", "0011012345678", int64(0), "")
	f.Add("970436", "VQRQ0001abcd", int64(vietqr.Greatest), "6304")
	f.Fuzz(func(t *testing.T, bank, account string, amount int64, memo string) {
		sent := vietqr.Transfer{Bank: bank, Account: account, Amount: amount, Memo: memo}
		text, err := sent.Payload()
		if err != nil {
			return
		}
		sent.Dynamic = amount > 0
		if got, err := vietqr.Parse(text); err != nil || got != sent {
			t.Errorf("%+v is written %s and read %+v (%v)", sent, text, got, err)
		}
	})
}

// No text, and no text with a sound checksum, makes the reader fail; and what it reads can be written again.
func FuzzParse(f *testing.F) {
	for text := range published {
		f.Add(text)
	}
	f.Add("000201")
	f.Add("00020101021138")
	f.Fuzz(func(t *testing.T, text string) {
		for _, text := range []string{text, signed(text)} {
			got, err := vietqr.Parse(text)
			if err != nil {
				continue
			}
			if _, err := got.Payload(); err != nil {
				t.Errorf("%s is read %+v, which cannot be written: %v", text, got, err)
			}
		}
	})
}

package pass_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"

	"vuon/internal/events/pass"
	"vuon/internal/housetest"
)

// What the browser at the door must read as the house does: web/unit/checkin.test.mjs reads the same page.
func TestTheDoorReadsWhatTheHouseWrites(t *testing.T) {
	t.Parallel()
	_, public, kid := pair(1)
	token := signed(t, 1, ticket, 7)
	line, err := pass.Lock(bytes.NewReader(bytes.Repeat([]byte{7}, 12)), token, []byte(`{"n":"Nguyễn Thị Mai","t":"Vé thường"}`))
	if err != nil {
		t.Fatal(err)
	}
	bent := strings.Replace(token, token[60:63], "000", 1)
	text, err := json.MarshalIndent(map[string]any{
		"kid": kid, "public": base64.RawURLEncoding.EncodeToString(public), "token": token, "ticket": ticket, "generation": 7,
		"not_after": noon.Unix(), "line": line, "plain": `{"n":"Nguyễn Thị Mai","t":"Vé thường"}`, "bent": bent, "other": signed(t, 2, ticket, 7),
		"event": "event0000000001", "code": "ABCD2345", "code_finds": pass.FindCode("event0000000001", "ABCD2345"),
	}, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	housetest.Golden(t, "vectors.json", string(text)+"\n")
}

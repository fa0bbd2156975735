// Command stand serves a provider of identities on this machine, for the browser's tests: it asks who sits before the browser,
// and believes them.
package main

import (
	"flag"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"vuon/internal/housetest/provider"
)

func main() {
	address := flag.String("http", "127.0.0.1:9998", "where it is")
	house := flag.String("house", "http://127.0.0.1:8090", "where it sends people back")
	flag.Parse()
	p, err := provider.Start(*address, *house+"/sign-in/callback")
	if err != nil {
		slog.Error("the provider does not stand", "error", err)
		os.Exit(1)
	}
	p.Do(func(p *provider.Provider) {
		p.Asks = true
		p.Person = provider.Person{Subject: "1", Email: "mai@vidu.example", EmailVerified: true, Name: "Nguyễn Thị Mai", Locale: "vi"}
		p.Others = []provider.Person{
			{Subject: "2", Email: "founder@demo.test", EmailVerified: true, Name: "Somebody with an account"},
			{Subject: "3", Email: "ann@vidu.example", EmailVerified: true, Name: "Ann Tran", Locale: "en"},
		}
	})
	end := make(chan os.Signal, 1)
	signal.Notify(end, os.Interrupt, syscall.SIGTERM)
	<-end
	p.Close()
}

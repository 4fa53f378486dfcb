// Compresses its standard input as the tools do that are written in Go: layers gzip|pgzip LEVEL.
package main

import (
	"compress/gzip"
	"fmt"
	"io"
	"log"
	"os"
	"strconv"

	"github.com/klauspost/pgzip"
)

func open(kind string, level int) (io.WriteCloser, error) {
	switch kind {
	case "gzip":
		return gzip.NewWriterLevel(os.Stdout, level)
	case "pgzip":
		return pgzip.NewWriterLevel(os.Stdout, level)
	}
	return nil, fmt.Errorf("no kind %q", kind)
}

func main() {
	level, err := strconv.Atoi(os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	out, err := open(os.Args[1], level)
	if err != nil {
		log.Fatal(err)
	}
	if _, err := io.Copy(out, os.Stdin); err != nil {
		log.Fatal(err)
	}
	if err := out.Close(); err != nil {
		log.Fatal(err)
	}
}

// Compresses its standard input as podman, buildah and skopeo do: main LEVEL.
package main

import (
	"io"
	"log"
	"os"
	"strconv"

	"github.com/klauspost/pgzip"
)

func main() {
	level, err := strconv.Atoi(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	out, err := pgzip.NewWriterLevel(os.Stdout, level)
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

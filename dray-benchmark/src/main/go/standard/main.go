// Compresses its standard input as docker, BuildKit and containerd do: main LEVEL.
package main

import (
	"compress/gzip"
	"io"
	"log"
	"os"
	"strconv"
)

func main() {
	level, err := strconv.Atoi(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	out, err := gzip.NewWriterLevel(os.Stdout, level)
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

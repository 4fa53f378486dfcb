//go:build standard

package main

import (
	"compress/flate"
	"fmt"
	"io"
)

func encode(w io.Writer, framing string, level, blockSize int, plain []byte) error {
	if framing != "stream" {
		return fmt.Errorf("no framing %q", framing)
	}
	z, err := flate.NewWriter(w, level)
	if err != nil {
		return err
	}
	return writeAll(z, plain)
}

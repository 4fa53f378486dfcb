//go:build standard

package main

import (
	"compress/flate"
	"compress/gzip"
	"fmt"
	"io"
)

func encode(w io.Writer, framing string, level, blockSize int, plain []byte) error {
	switch framing {
	case "stream":
		z, err := flate.NewWriter(w, level)
		if err != nil {
			return err
		}
		return writeAll(z, plain)
	case "gzip":
		z, err := gzip.NewWriterLevel(w, level)
		if err != nil {
			return err
		}
		return writeAll(z, plain)
	}
	return fmt.Errorf("no framing %q", framing)
}

//go:build !standard

package main

import (
	"fmt"
	"io"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/pgzip"
)

// stripping drops the gzip header and holds back the trailer, so that the raw stream is left.
type stripping struct {
	w      io.Writer
	header int
	held   []byte
}

func (s *stripping) Write(p []byte) (int, error) {
	n := len(p)
	skip := min(s.header, n)
	s.header -= skip
	s.held = append(s.held, p[skip:]...)
	if out := len(s.held) - 8; out > 0 {
		if _, err := s.w.Write(s.held[:out]); err != nil {
			return 0, err
		}
		s.held = append(s.held[:0], s.held[out:]...)
	}
	return n, nil
}

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
	case "pgzip", "pgzip-file":
		if framing == "pgzip" {
			w = &stripping{w: w, header: 10}
		}
		z, err := pgzip.NewWriterLevel(w, level)
		if err != nil {
			return err
		}
		if err := z.SetConcurrency(blockSize, 2); err != nil {
			return err
		}
		return writeAll(z, plain)
	}
	return fmt.Errorf("no framing %q", framing)
}

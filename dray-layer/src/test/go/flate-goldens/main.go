// Prints what compress/flate makes of seeded samples, one line each: kind, size, seed, level, and the
// first eight bytes of the SHA-256 of the raw deflate data.
//
// Usage: go run . goldens          the lines of go-flate.txt
//
//	go run . random SEED COUNT    COUNT samples of random kinds and sizes
//
// The samples are the ones of the class Samples, byte for byte.
package main

import (
	"compress/flate"
	"crypto/sha256"
	"fmt"
	"os"
	"strconv"
)

type random struct{ state uint64 }

func (r *random) next() uint64 {
	r.state ^= r.state << 13
	r.state ^= r.state >> 7
	r.state ^= r.state << 17
	return r.state
}

func (r *random) below(n int) int { return int(r.next() >> 33 % uint64(n)) }

func words(r *random) [][]byte {
	list := make([][]byte, 512)
	for i := range list {
		word := make([]byte, 1+r.below(11))
		for j := range word {
			word[j] = byte('a' + r.below(26))
		}
		list[i] = append(word, ' ')
	}
	return list
}

func sample(kind string, size int, seed uint64) []byte {
	r := &random{seed*0x9e3779b97f4a7c15 + 1}
	list := words(r)
	data := make([]byte, 0, size+65536)
	for len(data) < size {
		step := kind
		if kind == "mixed" {
			step = []string{"noise", "text", "zeros", "copy", "copy", "copy"}[r.below(6)]
		}
		length := 1 + r.below(1<<uint(1+r.below(14)))
		switch step {
		case "zeros":
			data = append(data, make([]byte, length)...)
		case "noise":
			for i := 0; i < length; i++ {
				data = append(data, byte(r.next()>>40))
			}
		case "text":
			a, b := r.below(512), r.below(512)
			if b < a {
				a = b
			}
			data = append(data, list[a]...)
		case "copy":
			distance := 1 + r.below(1<<uint(1+r.below(17)))
			for i := 0; i < length && distance <= len(data); i++ {
				data = append(data, data[len(data)-distance])
			}
		}
	}
	return data[:size]
}

type sink struct{ h []byte }

func (s *sink) Write(p []byte) (int, error) { s.h = append(s.h, p...); return len(p), nil }

func line(kind string, size int, seed uint64, level int) {
	out := &sink{}
	w, err := flate.NewWriter(out, level)
	if err != nil {
		panic(err)
	}
	if _, err := w.Write(sample(kind, size, seed)); err != nil {
		panic(err)
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	sum := sha256.Sum256(out.h)
	fmt.Printf("%s %d %d %d %x\n", kind, size, seed, level, sum[:8])
}

func main() {
	kinds := []string{"zeros", "noise", "text", "mixed"}
	if os.Args[1] == "goldens" {
		small := []int{0, 1, 2, 3, 4, 5, 15, 16, 17, 18, 127, 128, 129, 1000}
		large := []int{32768, 65273, 65274, 65275, 65534, 65535, 65536, 65537, 131070, 131072, 196608}
		for level := -2; level <= 9; level++ {
			for _, kind := range kinds {
				for _, size := range append(small, large...) {
					line(kind, size, 1, level)
				}
			}
			for seed := uint64(2); seed < 5; seed++ {
				line("mixed", 1<<20, seed, level)
			}
			line("text", 1<<20, 2, level)
			line("mixed", 3<<20+12345, 9, level)
		}
		return
	}
	seed, _ := strconv.ParseUint(os.Args[2], 10, 64)
	count, _ := strconv.Atoi(os.Args[3])
	r := &random{seed*0x2545f4914f6cdd1d + 1}
	for i := 0; i < count; i++ {
		kind := kinds[r.below(4)]
		size := r.below(1 << uint(1+r.below(19)))
		level := r.below(12) - 2
		line(kind, size, uint64(1+r.below(1<<30)), level)
	}
}

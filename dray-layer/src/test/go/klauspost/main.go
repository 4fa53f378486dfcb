// The maker of vectors: encodes what it reads with the real encoders and tells the digests.
//
// A request is a line "FRAMING LEVEL BLOCKSIZE LENGTH" and LENGTH bytes; the reply is a line with the SHA-256 of the
// encoded bytes in hexadecimal and their number; to the flag -bytes a line with their number, and the bytes. It ends with
// its input.
package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"log"
	"os"
)

func main() {
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	for {
		var framing string
		var level, blockSize, length int
		line, err := in.ReadString('\n')
		if err == io.EOF {
			return
		}
		if _, err := fmt.Sscan(line, &framing, &level, &blockSize, &length); err != nil {
			log.Fatal(err)
		}
		plain := make([]byte, length)
		if _, err := io.ReadFull(in, plain); err != nil {
			log.Fatal(err)
		}
		var encoded bytes.Buffer
		if err := encode(&encoded, framing, level, blockSize, plain); err != nil {
			log.Fatal(err)
		}
		if len(os.Args) > 1 && os.Args[1] == "-bytes" {
			fmt.Printf("%d\n%s", encoded.Len(), encoded.Bytes())
			continue
		}
		fmt.Printf("%x %d\n", sha256.Sum256(encoded.Bytes()), encoded.Len())
	}
}

func writeAll(w io.WriteCloser, plain []byte) error {
	if _, err := w.Write(plain); err != nil {
		return err
	}
	return w.Close()
}

// Runs Go's tar-split over a folder of archives: the oracle of GoTarSplitTest.
//
// For each NAME.tar it writes NAME.go.json.gz, what Go takes it apart to, or NAME.go.error, why it does not; and
// NAME.go.assembled, what Go assembles of its own file. For a NAME.dray.json.gz it writes NAME.dray.assembled, what Go assembles of
// that, or NAME.dray.error. Files come from what Go read of NAME.tar.
package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"log"
	"os"
	"path/filepath"
	"strings"

	"github.com/vbatts/tar-split/tar/asm"
	"github.com/vbatts/tar-split/tar/storage"
)

func main() {
	archives, err := filepath.Glob(filepath.Join(os.Args[1], "*.tar"))
	if err != nil {
		log.Fatal(err)
	}
	for _, archive := range archives {
		if err := process(strings.TrimSuffix(archive, ".tar")); err != nil {
			log.Fatal(archive, ": ", err)
		}
	}
}

func process(name string) error {
	archive, err := os.ReadFile(name + ".tar")
	if err != nil {
		return err
	}
	files := storage.NewBufferFileGetPutter()
	if json, err := disassemble(archive, files); err != nil {
		if err := os.WriteFile(name+".go.error", []byte(err.Error()), 0o644); err != nil {
			return err
		}
	} else {
		if err := os.WriteFile(name+".go.json.gz", json, 0o644); err != nil {
			return err
		}
		if err := assemble(name+".go", json, files); err != nil {
			return err
		}
	}
	json, err := os.ReadFile(name + ".dray.json.gz")
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return err
	}
	return assemble(name+".dray", json, files)
}

func disassemble(archive []byte, files storage.FilePutter) ([]byte, error) {
	var json bytes.Buffer
	compressed := gzip.NewWriter(&json)
	stream, done, err := asm.NewInputTarStreamWithDone(bytes.NewReader(archive), storage.NewJSONPacker(compressed), files)
	if err != nil {
		return nil, err
	}
	defer stream.Close()
	if _, err := io.Copy(io.Discard, stream); err != nil {
		return nil, err
	}
	if err := <-done; err != nil {
		return nil, err
	}
	if err := compressed.Close(); err != nil {
		return nil, err
	}
	return json.Bytes(), nil
}

func assemble(name string, json []byte, files storage.FileGetter) error {
	plain, err := gzip.NewReader(bytes.NewReader(json))
	if err != nil {
		return err
	}
	var archive bytes.Buffer
	if err := asm.WriteOutputTarStream(files, storage.NewJSONUnpacker(plain), &archive); err != nil {
		return os.WriteFile(name+".error", []byte(err.Error()), 0o644)
	}
	return os.WriteFile(name+".assembled", archive.Bytes(), 0o644)
}

// Puts an image of a registry of this host into a folder of containers/storage, as the podman of this module's versions
// does, or into another repository with its layers compressed anew.
package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"go.podman.io/image/v5/copy"
	"go.podman.io/image/v5/docker"
	"go.podman.io/image/v5/pkg/compression"
	"go.podman.io/image/v5/signature"
	images "go.podman.io/image/v5/storage"
	"go.podman.io/image/v5/types"
	"go.podman.io/storage"
	"go.podman.io/storage/pkg/reexec"
)

const usage = `usage: storage-copy pull IMAGE ROOT RUNROOT DRIVER [OPTION=VALUE]...   (pull.NAME=VALUE for options of pulls)
       storage-copy encode IMAGE TARGET FORMAT`

func main() {
	if reexec.Init() {
		return
	}
	arguments := os.Args[1:]
	var err error
	switch {
	case len(arguments) >= 5 && arguments[0] == "pull":
		err = pull(arguments[1], arguments[2], arguments[3], arguments[4], arguments[5:])
	case len(arguments) == 4 && arguments[0] == "encode":
		err = encode(arguments[1], arguments[2], arguments[3])
	default:
		err = fmt.Errorf("%s", usage)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func pull(image, root, runRoot, driver string, options []string) error {
	settings := storage.StoreOptions{
		GraphRoot:       root,
		RunRoot:         runRoot,
		GraphDriverName: driver,
		PullOptions:     map[string]string{},
	}
	for _, option := range options {
		if name, ofPulls := strings.CutPrefix(option, "pull."); ofPulls {
			key, value, _ := strings.Cut(name, "=")
			settings.PullOptions[key] = value
		} else {
			settings.GraphDriverOptions = append(settings.GraphDriverOptions, option)
		}
	}
	store, err := storage.GetStore(settings)
	if err != nil {
		return err
	}
	target, err := images.Transport.ParseStoreReference(store, image)
	if err != nil {
		return err
	}
	if err = transfer(image, target, nil); err != nil {
		return err
	}
	_, err = store.Shutdown(false)
	return err
}

func encode(image, repository, format string) error {
	algorithm, err := compression.AlgorithmByName(format)
	if err != nil {
		return err
	}
	target, err := docker.ParseReference("//" + repository)
	if err != nil {
		return err
	}
	return transfer(image, target, &algorithm)
}

func transfer(image string, target types.ImageReference, format *compression.Algorithm) error {
	source, err := docker.ParseReference("//" + image)
	if err != nil {
		return err
	}
	anything := &signature.Policy{Default: signature.PolicyRequirements{signature.NewPRInsecureAcceptAnything()}}
	policy, err := signature.NewPolicyContext(anything)
	if err != nil {
		return err
	}
	insecure := types.SystemContext{
		DockerInsecureSkipTLSVerify: types.OptionalBoolTrue,
		SystemRegistriesConfPath:    "/dev/null",
	}
	writing := insecure
	writing.CompressionFormat = format
	_, err = copy.Image(context.Background(), policy, target, source, &copy.Options{
		ReportWriter:           os.Stdout,
		SourceCtx:              &insecure,
		DestinationCtx:         &writing,
		ForceCompressionFormat: format != nil,
	})
	return err
}

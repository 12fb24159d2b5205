// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

// ArchiveNames are the files of the zip archive at path, by their canonical names and in the directory's order: nothing
// but the directory is read. The errors are those of ScanArchive.
func ArchiveNames(path string) ([]string, error) {
	src, err := openSource(path, MaxArchiveSize)
	if err != nil {
		return nil, err
	}
	defer src.close()
	found, err := zipContents(src.forwardFile, src.size)
	if err != nil {
		return nil, err
	}
	names := make([]string, 0, len(found.files))
	for _, file := range found.files {
		names = append(names, file.name)
	}
	return names, nil
}

// FolderNames are the files that ScanFolder would pack, by name. The errors are those of ScanFolder.
func FolderNames(path string, exclude []string) ([]string, error) {
	return filesIn(path, exclude, MaxEntries)
}

package dev.dray.layer.tarsplit;

import dev.dray.layer.tar.PaxRecords;
import java.util.Map;

/// PAX records as Go's `archive/tar` reads them.
final class GoPax {
    private GoPax() {}

    /// Whether Go takes all of the records that it understands.
    static boolean isValid(PaxRecords records) {
        return records.values().entrySet().stream().allMatch(GoPax::isValid);
    }

    private static boolean isValid(Map.Entry<String, String> record) {
        String value = record.getValue();
        return value.isEmpty()
                || switch (record.getKey()) {
                    case "uid", "gid", "size" -> PaxRecords.decimal(value).isPresent();
                    case "atime", "mtime", "ctime" -> isTime(value);
                    default -> true;
                };
    }

    private static boolean isTime(String value) {
        int dot = value.indexOf('.');
        if (dot < 0) {
            return PaxRecords.decimal(value).isPresent();
        }
        return PaxRecords.decimal(value.substring(0, dot)).isPresent()
                && value.chars().skip(dot + 1L).allMatch(c -> c >= '0' && c <= '9');
    }

    /// The header with what the records override.
    static GoHeader merge(GoHeader header, PaxRecords records) {
        GoHeader merged = header;
        String path = records.values().getOrDefault("path", "");
        if (!path.isEmpty()) {
            merged = merged.withName(path);
        }
        String size = records.values().getOrDefault("size", "");
        return size.isEmpty()
                ? merged
                : merged.withSize(PaxRecords.decimal(size).orElseThrow());
    }

    /// Whether the records describe a sparse file.
    static boolean isSparse(PaxRecords records) {
        String version = records.values().getOrDefault("GNU.sparse.major", "")
                + "."
                + records.values().getOrDefault("GNU.sparse.minor", "");
        return switch (version) {
            case "0.0", "0.1", "1.0" -> true;
            case "." ->
                records.sparseMap()
                        || !records.values().getOrDefault("GNU.sparse.map", "").isEmpty();
            default -> false;
        };
    }
}

module flate-goldens

go 1.19

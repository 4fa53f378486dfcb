module standard

go 1.21

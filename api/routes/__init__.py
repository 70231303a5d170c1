"""One module a resource; each only turns HTTP into a call and the result into HTTP."""

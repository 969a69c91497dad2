"""The benchmarks run, agree and report what they must."""

#!/usr/bin/env bash
set -euo pipefail
vault kv destroy -mount='kv' -versions=3 'payments/database'

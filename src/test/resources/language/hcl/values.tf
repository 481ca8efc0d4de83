variable "a" {
  type = list(object({
    name = string
    port = optional(number, 80)
    tags = optional(map(string), {})
    nested = optional(object({
      x = optional(string, "dx")
      y = optional(bool)
      z = optional(list(number), [1, "2"])
    }), {})
    extra = optional(object({ p = string }))
  }))
  default = [
    { name = "one" },
    { name = 2, port = "8080", tags = { a = 1, b = true }, nested = { x = "q", y = "true" } },
    { name = "three", nested = null, extra = { p = 1, dropped = 2 }, port = null },
  ]
}
variable "m" {
  type    = map(object({ size = optional(number, 1), on = bool }))
  default = { k1 = { on = "true" }, k2 = { on = false, size = "3" } }
}
variable "s" {
  type    = set(string)
  default = ["b", "a", "b", 1]
}
variable "t" {
  type    = tuple([string, number, bool])
  default = [1, "2", "true"]
}
variable "any" {
  type    = any
  default = { a = [1, "x"], b = { c = null } }
}
variable "la" {
  type    = list(any)
  default = [1, "x", true]
}
variable "ma" {
  type    = map(any)
  default = { a = 1, b = "2" }
}
variable "lo" {
  type    = list(map(string))
  default = [{ a = 1 }, { b = true }]
}
variable "nullable" {
  type     = string
  default  = "d"
  nullable = false
}
variable "n" {
  type    = number
  default = "1.50"
}
locals {
  h1          = <<-EOT
    a
      b
    ${"c"}
  EOT
  h2          = <<EOT
  x ${upper("y")}
%{for x in ["p", "q"]~}
  - ${x}
%{endfor~}
end
EOT
  h3          = <<-EOT
    %{if true}
    yes
    %{else}
    no
    %{endif}
    tail
  EOT
  names       = [for x in var.a : x.name]
  by          = { for x in var.a : x.port => x.name... }
  grp         = { for k, g in { for x in var.a : (x.port > 80 ? "high" : "low") => x... } : k => [for y in g : y.nested.x] }
  tpl         = templatefile("${path.module}/values.tftpl", { items = [{ ip = "10.0.0.1", port = 80 }, { ip = "10.0.0.2", port = 81 }] })
  one         = templatefile("values.tftpl", { items = [{ ip = "1", port = 1 }] })
  ts          = "hello $${n} %%{ if true }"
  str         = templatestring(local.ts2, { n = "w" })
  ts2         = "hello $${n}"
  deep        = merge({ for k, v in var.m : k => v.size }, { for k, v in var.m : "${k}-on" => v.on })
  flat        = flatten([for k, v in var.m : [for i in range(v.size) : "${k}${i}"]])
  self        = [for i, x in var.a : merge(x.tags, { idx = i })]
  lk          = lookup(var.m, "k9", { size = 0, on = false })
  tri         = [for x in [5, 15, 25] : x < 10 ? "s" : x < 20 ? "m" : "l"]
  splat       = var.a[*].nested.z[0]
  idx         = var.a[length(var.a) - 1].extra.p
  un          = try(var.a[9].name, var.a[0].nope, "fallback")
  dyn         = { for x in setproduct(["a", "b"], [1, 2]) : join("-", x) => x[1] * 10 }
  nul         = var.a[0].extra == null ? "none" : var.a[0].extra.p
  cmp         = var.a[0].nested == var.a[2].nested
  j           = jsonencode({ z = var.a[0], y = var.s })
  y           = yamlencode({ a = var.m, b = var.s, c = local.h1 })
  mm          = { for s in var.s : s => upper(s) if s != "1" }
  obj         = { "${var.nullable}-k" = 1, (var.nullable) = 2, "lit" : 3 }
  r           = [for m in regexall("([a-z]+)=([0-9]*)", "a=1,bc=,d=22") : { k = m[0], v = m[1] }]
  sum         = sum([for x in var.a : x.port])
  st          = [for k in sort(keys(var.m)) : var.m[k].on]
  nn          = "${var.n}/${var.n * 2}"
  ic          = [for k, v in { x = [1], y = [] } : k if length(v) > 0]
  mx          = max([for x in var.a : x.port]...)
  cidr        = [for i, n in [8, 8, 4] : cidrsubnets("10.0.0.0/8", 8, 8, 4)[i]]
  zip         = zipmap(local.names, var.a[*].port)
  cnt         = length([for x in var.a : x if x.extra != null])
  tf          = [for v in var.t : v]
  al          = alltrue([for x in var.a : x.port > 0])
  ftd         = formatdate("YYYY", timeadd("2020-02-29T00:00:00Z", "8784h"))
  coal        = coalesce(var.a[0].nested.y, true)
  tm          = { for k, v in var.ma : k => v }
  ob2         = { for k, v in var.any : k => v }
  cond        = var.n > 1 ? { a = 1 } : {}
  cond2       = var.n > 1 ? var.a[0].tags : { z = 1 }
  cond3       = var.n < 1 ? [] : [for x in var.a : { n = x.name, p = x.port }]
  vara        = var.a
  varm        = var.m
  vars        = var.s
  vart        = var.t
  varany      = var.any
  varla       = var.la
  varma       = var.ma
  varlo       = var.lo
  varnullable = var.nullable
  varn        = var.n
}

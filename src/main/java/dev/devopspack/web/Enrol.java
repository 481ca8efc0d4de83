package dev.devopspack.web;

record Enrol(String note) {}

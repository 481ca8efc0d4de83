package dev.devopspack.web;

record ErrorPage(int status, String problem, String mend, String where) {}

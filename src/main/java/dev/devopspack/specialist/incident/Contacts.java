package dev.devopspack.specialist.incident;

/// Who is woken, as roles.
record Contacts(
        RoleName onCall,
        RoleName secondary,
        RoleName commander,
        RoleName database,
        RoleName platform,
        RoleName communications,
        RoleName management) {}
